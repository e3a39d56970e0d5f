#include "kernel/lists/search_entries.hpp"

#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

Task<> merge_once(Services& services, Loop& loop, std::shared_ptr<bool> is_under_way) {
    co_await merge_search_entries(services, loop);
    *is_under_way = false;
}

}  // namespace

Task<> merge_search_entries(Services& services, Loop& loop) {
    try {
        db::Options options;
        options.slow = true;
        const db::Scope scope{db::Role::system, {}};
        std::vector<db::Statement> unit{{"select merge_search_entries()", {}}};
        co_await services.database().run(loop, scope, std::move(unit), options);
    } catch (const std::exception& problem) {
        log::warning("search entries are not merged", {{"problem", problem.what()}});
    }
}

void MergingMeanwhile::begin(Services& services, Loop& loop) {
    if (!std::exchange(*is_under_way_, true)) {
        spawn(loop, merge_once(services, loop, is_under_way_));
    }
}

}  // namespace ponte::records
