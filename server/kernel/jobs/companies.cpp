#include "kernel/jobs/companies.hpp"

#include "kernel/people.hpp"
#include "kernel/services.hpp"

namespace ponte::jobs {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_known = 10'000;
constexpr std::chrono::minutes known_for{1};  // events say it sooner, where they come through

struct Row {
    std::string locale, timezone;
};
FIELDS(Row, locale, timezone);

}  // namespace

std::optional<Companies::Company> Companies::find(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    const auto known = known_.find(tenant);
    const bool is_fresh = known != known_.end() && Clock::now() - known->second.read_at < known_for;
    return is_fresh ? std::optional(known->second) : std::nullopt;
}

void Companies::forget(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    known_.erase(tenant);
}

Task<> Companies::speak_for(Ctx& ctx) {
    const Id tenant = ctx.who.tenant;
    const std::string& company_sql = ctx.services.people().company;
    if (tenant.is_nil() || company_sql.empty()) {
        co_return;
    }
    auto company = find(tenant);
    if (!company) {
        const db::Scope scope{db::Role::app, tenant};
        const auto begin = Clock::now();
        const auto rows = co_await ctx.services.database().query(ctx.loop, scope, company_sql);
        if (rows.empty()) {
            co_return;  // its jobs find out by themselves that there is nothing to do
        }
        const auto row = db::read_row<Row>(rows, 0);
        company = Company{row.locale, row.timezone, begin};
        const std::scoped_lock lock(mutex_);
        if (known_.size() >= most_known) {
            known_.clear();
        }
        known_[tenant] = *company;
    }
    ctx.language = parse_language(company->locale);
    ctx.who.language = company->locale;
    ctx.who.timezone = company->timezone;
}

}  // namespace ponte::jobs
