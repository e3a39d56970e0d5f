#include "kernel/outbound/ledger.hpp"

#include "kernel/log.hpp"
#include "kernel/outbound/whom.hpp"
#include "kernel/services.hpp"

namespace ponte::outbound {
namespace {

constexpr Milliseconds written_within{500};
constexpr std::size_t most_waiting = 20'000, most_at_once = 2'000;
constexpr const char* sql =
    "insert into outgoing_calls (tenant_id, at, vendor, connection_id, request_id, method, host, "
    "path, status, trouble, ms, bytes) select tenant_id, at, vendor, connection_id, request_id, "
    "method, host, path, status, trouble, ms, bytes from jsonb_to_recordset($1::jsonb) "
    "as c (tenant_id uuid, at timestamptz, vendor text, connection_id uuid, request_id text, "
    "method text, host text, path text, status integer, trouble text, ms bigint, bytes bigint)";

Json row_of(const Ctx& ctx, const Call& call, const Answer& answer) {
    const Whom whom = whom_of(call.url);
    const bool has_trouble = answer.trouble != Trouble::none;
    return Json::object({{"tenant_id", ctx.who.tenant},
                         {"at", format_time(now() - answer.took)},
                         {"vendor", call.vendor},
                         {"connection_id", call.connection ? Json(*call.connection) : Json{}},
                         {"request_id", ctx.request_id},
                         {"method", is_mail(call.url) ? "SMTP" : call.method},
                         {"host", whom.host},
                         {"path", call.shows_path ? whom.path : ""},
                         {"status", answer.status == 0 ? Json{} : Json(answer.status)},
                         {"trouble", has_trouble ? Json(name_of(answer.trouble)) : Json{}},
                         {"ms", static_cast<std::int64_t>(answer.took.count())},
                         {"bytes", static_cast<std::int64_t>(answer.body.size())}});
}

}  // namespace

Loop& Ledger::loop() { return services_.loops.at(services_.loops.size() - 1); }

void Ledger::note(const Ctx& ctx, const Call& call, const Answer& answer) {
    const std::scoped_lock lock(mutex_);
    // Without a company there is nobody to show it to; more than the database takes is left out.
    if (ctx.who.tenant.is_nil() || waiting_.size() >= most_waiting) {
        return;
    }
    waiting_.push_back(row_of(ctx, call, answer));
    if (!std::exchange(is_due_, true)) {
        loop().post_after(written_within,
                          [self = shared_from_this()] { spawn(self->loop(), write(self)); });
    }
}

Task<> Ledger::write(std::shared_ptr<Ledger> self) {
    try {
        co_await self->write_all();
    } catch (const std::exception& problem) {
        log::warning("outgoing calls cannot be written down", {{"problem", problem.what()}});
    }
}

Task<> Ledger::write_all() {
    std::vector<Json> rows;
    {
        const std::scoped_lock lock(mutex_);
        rows.swap(waiting_);
        is_due_ = false;
    }
    for (std::size_t begin = 0; begin < rows.size(); begin += most_at_once) {
        Json some = Json::array();
        for (std::size_t i = begin; i < std::min(rows.size(), begin + most_at_once); ++i) {
            some.push(std::move(rows[i]));
        }
        const db::Scope everything{db::Role::system, {}};
        db::Params params{db::Param(some)};
        co_await services_.database().query(loop(), everything, sql, std::move(params));
    }
}

void Ledger::stop() {
    bool has_some = false;
    {
        const std::scoped_lock lock(mutex_);
        has_some = !waiting_.empty();
    }
    if (has_some) {
        wait_for(loop(), write(shared_from_this()));
    }
}

}  // namespace ponte::outbound
