#include "kernel/past/timeline.hpp"

#include <algorithm>
#include <map>

#include "kernel/db/budgets.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/db/kept_plan.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/past/log_page.hpp"
#include "kernel/past/timeline_sql.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/read.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/subjects.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

void add_type(const Ctx& ctx, const Kind& kind, std::string_view type, TimelineTypes& types) {
    if (std::ranges::find(own_pasts, type) != std::end(own_pasts)) {
        types.pasts.emplace_back(type);
        return;
    }
    const Kind* named = ctx.services.entities().find(type);
    if (named == kind.declared) {
        types.has_all_own = true;
    } else if (named && tells_of(*named, kind)) {
        types.entities.push_back(named->entity->name);
    } else {
        throw bad_parameter("type", "not_an_option");
    }
}

TimelineTypes types_in(const Ctx& ctx, const Kind& kind, std::string_view text) {
    TimelineTypes types;
    types.is_everything = text.empty();
    while (!text.empty()) {
        add_type(ctx, kind, take_until(text, ','), types);
    }
    return types;
}

TimelineQuestion question_in(const Ctx& ctx, const Kind& kind, const http::Request& request) {
    TimelineQuestion question{path_id(request, kind.entity->name), {}, {}};
    for (const auto& [name, value] : request.query_pairs()) {
        if (name == "type") {
            question.types = types_in(ctx, kind, value);
        } else if (!question.page.takes(name, value)) {
            throw bad_parameter(name, "unknown");
        }
    }
    return question;
}

void append_entry(std::string& out, const Ctx& ctx, const Kind& kind, const db::Rows& rows,
                  int row) {
    begin_entry(out, ctx, "type", rows, row);
    out += ",\"entity\":";
    append_json_string(out, kind.entity->name);
    out += ",\"record\":";
    append_linked(out, "title", rows.text(row, told_record), rows.text(row, told_title));
    out += ",\"body\":";
    append_id_or_null(out, rows, row, told_body);
    out.push_back('}');
}

// What stands on the page, by entity.
std::map<std::string_view, std::vector<TimelinePlace>> places_on(const db::Rows& page,
                                                                 int shown_rows) {
    std::map<std::string_view, std::vector<TimelinePlace>> places;
    for (int row = 0; row < shown_rows; ++row) {
        places[page.text(row, place_entity)].push_back(
            {std::string(page.text(row, place_record)),
             std::string(page.text(row, place_sequence))});
    }
    return places;
}

// The entries of a page, each as it is written.
Task<std::string> entries_on(Ctx& ctx, const db::Rows& page, int shown_rows) {
    std::vector<db::Statement> unit{db::keep_plans()};
    std::vector<const Kind*> kinds;
    for (auto& [entity, places] : places_on(page, shown_rows)) {
        kinds.push_back(
            &ctx.services.entities().seen(ctx.services.entities().get(entity), ctx.who));
        unit.push_back(entries_statement(ctx, *kinds.back(), places));
    }
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    std::map<std::string_view, std::string> by_sequence;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const db::Rows& told = answers[i + 1];
        for (int row = 0; row < told.size(); ++row) {
            append_entry(by_sequence[told.text(row, entry_sequence)], ctx, *kinds[i], told, row);
        }
    }
    std::string entries;
    for (int row = 0; row < shown_rows; ++row) {
        const auto found = by_sequence.find(page.text(row, place_sequence));
        if (found != by_sequence.end()) {
            entries.append(entries.empty() ? "" : ",").append(found->second);
        }
    }
    co_return entries;
}

}  // namespace

// First which events stand on the page, then what each of them says: that differs from entity to
// entity, and few of all that may tell of a record are on one page.
Task<http::Response> get_timeline(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const TimelineQuestion question = question_in(ctx, kind, request);
    const ReadOne one{question.id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(kept_since_statement(kind, ctx.who.tenant, question.id));
    unit.push_back(db::keep_plans());
    unit.push_back(places_statement(ctx, kind, question));
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    if (answers[0].empty()) {
        throw not_found(kind.entity->name);
    }
    const db::Rows& page = answers.back();
    const int shown_rows = std::min(page.size(), static_cast<int>(question.page.limit));
    std::string entries;
    LogPageEnd end;
    if (shown_rows > 0) {
        entries = co_await entries_on(ctx, page, shown_rows);
        const int last = shown_rows - 1;
        end = {page.text(last, place_has_next) == "t", page.text(last, place_sequence),
               page.text(last, place_record)};
    }
    end.kept_since = answers[1].empty() ? "" : answers[1].text(0, 0);
    http::Response response;
    response.body = log_page_json(entries, question.page, end);
    co_return response;
}

}  // namespace ponte::records
