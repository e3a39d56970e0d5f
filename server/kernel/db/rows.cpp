#include <libpq-fe.h>

#include <charconv>
#include <cstring>

#include "kernel/db.hpp"

namespace ponte::db {
namespace {

const PGresult* result_of(const std::shared_ptr<const void>& held) {
    return static_cast<const PGresult*>(held.get());
}

}  // namespace

Rows::Rows(std::shared_ptr<const void> result) : result_(std::move(result)) {}

int Rows::size() const { return result_ ? PQntuples(result_of(result_)) : 0; }

int Rows::columns() const { return result_ ? PQnfields(result_of(result_)) : 0; }

// PQfnumber would fold the case and copy the name at every call.
int Rows::column(std::string_view name) const {
    for (int i = 0; i < columns(); ++i) {
        if (column_name(i) == name) {
            return i;
        }
    }
    return -1;
}

std::string_view Rows::column_name(int column) const { return PQfname(result_of(result_), column); }

bool Rows::is_null(int row, int column) const {
    return PQgetisnull(result_of(result_), row, column) != 0;
}

std::string_view Rows::text(int row, int column) const {
    const PGresult* result = result_of(result_);
    const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
    return {PQgetvalue(result, row, column), size};
}

std::int64_t Rows::affected() const {
    std::int64_t count = 0;
    if (result_) {
        // libpq takes a mutable result here and does not change it.
        const char* text = PQcmdTuples(const_cast<PGresult*>(result_of(result_)));
        std::from_chars(text, text + std::strlen(text), count);
    }
    return count;
}

}  // namespace ponte::db
