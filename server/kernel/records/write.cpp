#include "kernel/records/write.hpp"

#include <unordered_set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/entities/standing.hpp"
#include "kernel/events/followers.hpp"
#include "kernel/records/check_links.hpp"
#include "kernel/records/computed.hpp"
#include "kernel/records/difference.hpp"
#include "kernel/records/editable.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/records/filed.hpp"
#include "kernel/records/part_statements.hpp"
#include "kernel/records/sealed.hpp"
#include "kernel/records/statements.hpp"
#include "kernel/records/title_ids.hpp"
#include "kernel/services.hpp"

namespace ponte {

std::string_view past_of(Verb verb) {
    switch (verb) {
        case Verb::create:
            return "created";
        case Verb::update:
            return "updated";
        case Verb::remove:
            return "deleted";
        case Verb::restore:
            return "restored";
    }
    return {};
}

Changes::Changes(const Ctx& ctx, const records::Kind& kind_, Verb verb_)
    : kind(kind_.declared), verb(verb_), at(ctx.now), is_quiet(ctx.operation.has_value()) {
    if (!ctx.who.user.is_nil()) {
        actor = ctx.who.user;
        key = ctx.who.key_id();
    }
}

}  // namespace ponte

namespace ponte::records {

Locale locale_of(const Ctx& ctx) {
    Locale locale;
    locale.timezone = ctx.who.timezone;
    return locale;
}

Task<Values> accept(Ctx& ctx, const Kind& kind, const Json& body, Mode mode, const Json* before) {
    const Kind& seen = ctx.services.entities().seen(kind, ctx.who);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Problems problems;
    refuse_guarded(seen, body, before, problems);
    Values values = values_from_body(seen, *facts, body, mode, problems);
    const TenantFacts& rules = *facts;
    const TenantFacts kept = before ? with_values_of(rules, kind, *before) : TenantFacts{};
    // A new record is whole, also in what its author does not see.
    const Kind& filled = mode == Mode::create ? *seen.declared : seen;
    canonicalise(filled, before ? kept : rules, values, mode, true, locale_of(ctx), problems,
                 before);
    co_await check_people(ctx, kind, rules, values, before, problems);
    co_await check_links(ctx, kind, values, before, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Task<Values> accept_ours(Ctx& ctx, const Kind& kind, Values values, Mode mode) {
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Problems problems;
    canonicalise(kind, *facts, values, mode, false, locale_of(ctx), problems);
    co_await check_people(ctx, kind, *facts, values, nullptr, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Change change_of(const Kind& kind, Locked before, Values values) {
    Change change;
    change.id = before.id;
    change.before = std::move(before.record);
    change.version = before.version;
    change.values = std::move(values);
    change.author = Id::parse(change.before["createdBy"].as_string());
    if (!kind.entity->part_of.empty()) {
        change.owner = before.whole_owner;
    } else if (!kind.entity->owner.empty()) {
        change.owner = Id::parse(change.before[camel_case(kind.entity->owner)].as_string());
    }
    return change;
}

namespace {

void begin_new(Changes& changes) {
    for (Change& change : changes.records) {
        if (change.id.is_nil()) {
            change.id = Id::make();
        }
        change.author = changes.actor;
    }
}

void note_owner(const Kind& kind, Change& change) {
    const Json* owner =
        kind.entity->owner.empty() ? nullptr : change.values.find(kind.entity->owner);
    if (owner) {
        change.owner = Id::parse(owner->as_string());
    }
}

void note_all(Changes& changes) {
    for (Change& change : changes.records) {
        note_owner(*changes.kind, change);
        if (changes.verb == Verb::create) {
            note_new_values(*changes.kind, change);
        } else if (changes.verb == Verb::update) {
            note_difference(*changes.kind, change);
        }
    }
    if (changes.verb == Verb::update) {
        std::erase_if(changes.records,
                      [](const Change& change) { return change.difference.members().empty(); });
    }
}

// With `skips_taken` it must be known which are written before they are told.
Task<> send_new(Ctx& ctx, Changes& changes, db::Statement statement) {
    const db::Rows rows =
        co_await ctx.tx.query(std::move(statement.sql), std::move(statement.params));
    std::unordered_set<Id> written;
    for (int i = 0; i < rows.size(); ++i) {
        written.insert(Id::parse(rows.text(i, 0)).value_or(Id{}));
    }
    std::erase_if(changes.records,
                  [&](const Change& change) { return !written.contains(change.id); });
}

// What this process remembers follows each record, told or quiet.
void heed(Ctx& ctx, const Changes& changes) {
    Event event;
    event.tenant = ctx.who.tenant;
    event.entity = changes.kind->entity->name;
    event.name = event.entity + "." + std::string(past_of(changes.verb));
    if (!ctx.services.followers().concern(event.entity)) {
        return;
    }
    for (const Change& change : changes.records) {
        event.entity_id = change.id;
        event.changes = change.difference;
        ctx.heed(event);
    }
}

Task<> write_rows(Ctx& ctx, Changes& changes, TitleIds& titles) {
    if (changes.verb == Verb::create || changes.verb == Verb::update) {
        co_await titles.settle(ctx, changes);
    }
    db::Statement statement = changes.verb == Verb::create   ? insert_statement(changes, titles)
                              : changes.verb == Verb::update ? update_statement(changes, titles)
                                                             : bin_statement(changes);
    if (changes.skips_taken) {
        co_await send_new(ctx, changes, std::move(statement));
    } else {
        ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
    }
    for (db::Statement& parts : part_statements(changes)) {
        ctx.tx.queue(std::move(parts.sql), std::move(parts.params));
    }
}

}  // namespace

Task<> write(Ctx& ctx, Changes& changes, TitleIds* known) {
    if (changes.records.empty()) {
        co_return;
    }
    const Kind& kind = *changes.kind;
    const Entity& entity = *kind.entity;
    if (changes.verb == Verb::create) {
        begin_new(changes);
    }
    if (entity.before_write) {
        co_await entity.before_write(ctx, changes);
    }
    if (changes.verb == Verb::create && !entity.part_of.empty()) {
        co_await find_owners_of_wholes(ctx, changes);
    }
    if (changes.verb == Verb::create) {
        co_await number_new(ctx, changes);
    }
    if (changes.verb == Verb::create || changes.verb == Verb::update) {
        compute(changes);
    }
    note_all(changes);
    hold_locked(changes);
    if (changes.records.empty()) {
        co_return;
    }
    seal_secrets(ctx, changes);
    co_await take_files(ctx, changes);
    TitleIds none_yet;
    TitleIds& titles = known ? *known : none_yet;
    co_await write_rows(ctx, changes, titles);
    if (changes.records.empty()) {
        co_return;
    }
    db::Statement events = events_statement(ctx, changes);
    ctx.tx.queue(std::move(events.sql), std::move(events.params));
    ctx.wrote(entity.name);
    heed(ctx, changes);
    if (entity.after_write) {
        co_await entity.after_write(ctx, changes);
    }
}

Task<Id> insert(Ctx& ctx, const Kind& kind, Values values) {
    Changes changes(ctx, kind, Verb::create);
    changes.records.emplace_back().values = std::move(values);
    co_await write(ctx, changes);
    co_return changes.records.front().id;
}

Task<Json> change(Ctx& ctx, const Kind& kind, Locked before, Values values) {
    Changes changes(ctx, kind, Verb::update);
    changes.records.push_back(change_of(kind, std::move(before), std::move(values)));
    co_await write(ctx, changes);
    Json difference = Json::object();
    if (!changes.records.empty()) {
        difference = std::move(changes.records.front().difference);
    }
    co_return difference;
}

Task<> move_to_bin(Ctx& ctx, const Kind& kind, Locked before) {
    Changes changes(ctx, kind, Verb::remove);
    changes.records.push_back(change_of(kind, std::move(before)));
    co_await write(ctx, changes);
}

Task<> take_from_bin(Ctx& ctx, const Kind& kind, Locked before) {
    Changes changes(ctx, kind, Verb::restore);
    changes.records.push_back(change_of(kind, std::move(before)));
    co_await write(ctx, changes);
}

}  // namespace ponte::records
