#include "kernel/lists/statistics.hpp"

#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::records {

Task<> refresh_statistics(Ctx& ctx, double grown) {
    try {
        const db::Scope scope{db::Role::system, {}};
        db::Options options;
        options.slow = true;
        std::vector<db::Statement> unit;
        unit.push_back({"select refresh_statistics($1::numeric)", {std::to_string(grown)}});
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), options);
    } catch (const std::exception& problem) {
        log::warning("statistics are not refreshed", {{"problem", problem.what()}});
    }
}

}  // namespace ponte::records
