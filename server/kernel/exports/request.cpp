#include "kernel/exports/request.hpp"

#include <algorithm>
#include <chrono>

#include "kernel/exports/access.hpp"
#include "kernel/exports/run.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"
#include "kernel/work/operation.hpp"

namespace ponte::exports {
namespace {

using records::Kind;

constexpr std::size_t longest_filter = 16'384;

constexpr Field fields[] = {
    text("entity").required().up_to(60),
    choice("format", "csv | xlsx | pdf").required(),
    json("ids"),
    json("filter"),
    text("search").up_to(200),
    text("sort").up_to(100),
    json("columns"),
    text("caption").up_to(500),
};

struct Asked {
    std::string format;
    Json args = Json::object();
    std::optional<std::vector<Id>> ids;
    Columns columns;
};

Columns columns_in(const Columns& all, const Json* names, Problems& problems) {
    if (!names || names->is_null()) {
        return usual(all);
    }
    const auto wrong = [&](const char* code, Json params) {
        problems.push_back({"columns", code, std::move(params), {}});
        return Columns{};
    };
    if (!names->is_array()) {
        return wrong("type", Json::object());
    }
    if (names->items().empty()) {
        return wrong("required", Json::object());
    }
    Columns chosen;
    for (const Json& name : names->items()) {
        Columns one = named(all, Json::array({name}));
        const bool is_twice =
            !one.empty() && std::ranges::find(chosen, one[0].name, &Column::name) != chosen.end();
        if (one.empty() || is_twice) {
            return wrong(is_twice ? "duplicate" : "unknown", Json::object({{"value", name}}));
        }
        chosen.push_back(std::move(one[0]));
    }
    return chosen;
}

Task<Asked> asked_in(Ctx& ctx, const Kind& kind) {
    Problems problems;
    Asked asked;
    asked.format = ctx.input.text("format").value_or("");
    if (const Json* ids = ctx.input.find("ids"); ids && !ids->is_null()) {
        asked.ids = work::ids_given(*ids, problems);
    }
    for (const char* part : {"filter", "search", "sort", "caption"}) {
        if (const Json* value = ctx.input.find(part); value && !value->is_null()) {
            asked.args.set(part, *value);
        }
    }
    if (asked.args["filter"].dump().size() > longest_filter) {
        problems.push_back({"filter", "too_long", Json::object(), {}});
    }
    const auto facts = co_await ctx.services.entities().facts(ctx);
    asked.columns = columns_in(columns_of(ctx, kind, *facts), ctx.input.find("columns"), problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return asked;
}

// A wrong filter is told now, and what is too long for paper.
Task<> require_choice(Ctx& ctx, const Kind& kind, const Asked& asked) {
    records::ListQuery query = co_await chosen_records(ctx, kind, asked.args, asked.ids);
    if (asked.format != "pdf") {
        co_return;
    }
    const auto count = co_await count_chosen(ctx, kind, std::move(query), most_printed + 1);
    if (count > most_printed) {
        throw invalid("format", "too_many_to_print", Json::object({{"limit", most_printed}}));
    }
}

std::string file_name(const Ctx& ctx, const Kind& kind, const std::string& format) {
    const auto zone = values::Zone::find(ctx.who.timezone);
    const auto utc = std::chrono::floor<std::chrono::seconds>(ctx.now).time_since_epoch().count();
    const auto local = ctx.now + std::chrono::seconds{zone ? zone->offset_at(utc) : 0};
    const std::string day = format_time(local).substr(0, 10);
    const std::string name(ctx.word(std::string(kind.entity->name) + ".plural"));
    return files::safe_name(name + " " + day + "." + format);
}

Json names_of(const Columns& columns) {
    Json names = Json::array();
    for (const Column& column : columns) {
        names.push(column.name);
    }
    return names;
}

}  // namespace

const std::span<const Field> export_body = fields;

Task<http::Response> start_export(Ctx& ctx, const http::Request&) {
    const Kind& kind = exported_kind(ctx, ctx.input.text("entity").value_or(""));
    const Asked asked = co_await asked_in(ctx, kind);
    co_await require_choice(ctx, kind, asked);
    Export one;
    one.id = Id::make();
    one.entity = kind.entity->name;
    one.format = asked.format;
    one.args = asked.args;
    one.total = asked.ids ? static_cast<std::int64_t>(asked.ids->size()) : 0;
    ctx.tx.queue(
        "insert into exports (id, entity, format, args, ids, columns, reaches, language, timezone, "
        "file_name, total, created_by, asker_id, asker_key_id) values ($1, $2, $3, $4::jsonb, "
        "$5::uuid[], $6::jsonb, $7::jsonb, $8, $9, $10, $11, $12, $12, $13)",
        {one.id, one.entity, one.format, db::Param(one.args), asked.ids,
         db::Param(names_of(asked.columns)), db::Param(reaches_of(ctx, kind, asked.columns)),
         language_code(ctx.language), ctx.who.timezone, file_name(ctx, kind, one.format), one.total,
         work::asker_of(ctx), ctx.who.key_id()});
    ctx.audit("export.started", one.id, told(one));
    work::enqueue_run(ctx, export_kind, one.id);
    db::Params params{one.id};
    const db::Rows rows =
        co_await ctx.tx.commit_with(work::select_of<Export>() + " and id = $1", std::move(params));
    http::Response response = reply(202, db::read_row<Export>(rows, 0).shown(ctx));
    response.with("Location", "/api/v1/exports/" + one.id.text());
    co_return response;
}

}  // namespace ponte::exports
