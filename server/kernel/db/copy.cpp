#include "kernel/db/copy.hpp"

#include <libpq-fe.h>

#include <algorithm>

namespace ponte::db {
namespace {

constexpr std::size_t piece = 256 * 1024;

}  // namespace

bool CopyIn::begin(const std::string& sql) { return PQsendQuery(pg_, sql.c_str()) == 1; }

const pg_result* CopyIn::answer() const { return static_cast<const PGresult*>(answer_.get()); }

void CopyIn::keep(pg_result* result) {
    // A refusal counts more than what comes after it.
    if (!answer_ || PQresultStatus(result) == PGRES_FATAL_ERROR) {
        answer_.reset(result, [](const void* held) {
            PQclear(static_cast<PGresult*>(const_cast<void*>(held)));
        });
    } else {
        PQclear(result);
    }
}

CopyIn::State CopyIn::send_data() {
    for (;;) {
        const int left = PQflush(pg_);
        if (left < 0) {
            return State::is_broken;
        }
        if (left > 0) {
            return State::waits_to_write;
        }
        if (is_ended_) {
            is_sending_ = false;
            return State::waits_to_read;
        }
        if (sent_ < data_.size()) {
            const auto size = std::min(piece, data_.size() - sent_);
            if (PQputCopyData(pg_, data_.data() + sent_, static_cast<int>(size)) != 1) {
                return State::is_broken;
            }
            sent_ += size;
        } else if (PQputCopyEnd(pg_, nullptr) != 1) {
            return State::is_broken;
        } else {
            is_ended_ = true;
        }
    }
}

CopyIn::State CopyIn::step() {
    if (is_sending_) {
        const State state = send_data();
        if (state != State::waits_to_read) {
            return state;
        }
    }
    if (PQflush(pg_) > 0) {
        return State::waits_to_write;
    }
    while (!PQisBusy(pg_)) {
        PGresult* result = PQgetResult(pg_);
        if (!result) {
            return PQstatus(pg_) == CONNECTION_OK ? State::is_done : State::is_broken;
        }
        const auto status = PQresultStatus(result);
        if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
            PQclear(result);
            return State::is_broken;
        }
        if (status != PGRES_COPY_IN) {
            keep(result);
            continue;
        }
        PQclear(result);
        is_sending_ = true;
        const State state = send_data();
        if (state != State::waits_to_read) {
            return state;
        }
    }
    return State::waits_to_read;
}

}  // namespace ponte::db
