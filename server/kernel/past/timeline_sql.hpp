// How a timeline is read: where its entries stand in the log, and what is told of each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/past/log_page.hpp"

namespace ponte::records {

// What may have happened to the record itself; a new one of a file was imported, not created.
constexpr std::string_view own_pasts[] = {"created", "imported", "updated", "deleted", "restored"};

struct TimelineTypes {
    bool is_everything = true, has_all_own = false;
    std::vector<std::string> pasts;          // of the record itself
    std::vector<std::string_view> entities;  // of all that is about it
};

struct TimelineQuestion {
    Id id;
    LogPage page;
    TimelineTypes types;
};

enum PlaceColumn { place_sequence, place_entity, place_record, place_has_next };
// One row an entry, and one more than the page has room for.
db::Statement places_statement(const Ctx& ctx, const Kind& kind, const TimelineQuestion& question);

struct TimelinePlace {
    std::string record, sequence;
};
enum ToldColumn { told_record = first_column_beside, told_title, told_body };
// What happened to records of one entity, as the reader sees that: `kind` is seen.
db::Statement entries_statement(const Ctx& ctx, const Kind& kind,
                                const std::vector<TimelinePlace>& places);

}  // namespace ponte::records
