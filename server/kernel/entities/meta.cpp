#include "kernel/entities/meta.hpp"

#include <algorithm>

#include "kernel/entities/totals.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/subjects.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

Json names_json(const std::vector<std::string_view>& names) {
    Json out = Json::array();
    for (const auto name : names) {
        out.push(name);
    }
    return out;
}

Json limit_json(const Field& field, std::int64_t limit, std::int64_t none) {
    if (limit == none) {
        return {};
    }
    return shown(field.type, limit);
}

Json options_json(const Ctx& ctx, const Kind& kind, const Field& field) {
    const auto values = split_options(field.options), colors = split_options(field.colors);
    Json out = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i) {
        Json option = Json::object(
            {{"value", values[i]}, {"label", option_label(ctx, kind, field, values[i])}});
        if (i < colors.size()) {
            option.set("color", colors[i]);
        }
        out.push(std::move(option));
    }
    return out;
}

// A sentence below the field, for what its name does not say.
Json help_json(const Ctx& ctx, const Kind& kind, const Field& field) {
    const std::string word =
        std::string(kind.entity->name) + "." + std::string(field.name) + ".help";
    return Words::all().has(word) ? Json(ctx.word(word)) : Json{};
}

Json initial_json(const Field& field) {
    if (field.initial.empty()) {
        return {};
    }
    const Canonical value = canonical_from_text(field.type, field.initial, Locale{});
    return value.ok() ? shown(field.type, value.value) : Json{};
}

Json state_json(const State& state) {
    if (state.field.empty()) {
        return {};
    }
    return Json::object(
        {{"field", camel_case(state.field)}, {"values", names_json(split_options(state.options))}});
}

// In which state of the record people may change it; null: in any.
Json editable_json(const Entity& entity, std::string_view field) {
    return is_always_editable(entity, field) ? Json{} : state_json(entity.editable_when);
}

Json custom_field_meta(const Entity& entity, const CustomField& custom) {
    Json options = Json::array();
    for (const std::string& option : custom.options) {
        options.push(Json::object({{"value", option}, {"label", option}}));
    }
    const auto ops = operators_of(custom.type);
    const std::string_view target = field_type(custom.type).target;
    return Json::object({{"key", "customFields." + custom.key},
                         {"type", type_name(custom.type)},
                         {"label", custom.name},
                         {"required", custom.is_required},
                         {"readOnly", false},
                         {"editableWhen", editable_json(entity, custom_column)},
                         {"sortable", false},
                         {"filterable", !ops.empty()},
                         {"searchable", false},
                         {"inList", true},
                         {"section", "custom"},
                         {"min", nullptr},
                         {"max", nullptr},
                         {"options", std::move(options)},
                         {"default", custom.initial},
                         {"target", target.empty() ? Json{} : Json(target)},
                         {"linkedAs", nullptr},
                         {"custom", true},
                         {"personal", false},
                         {"ops", names_json(ops)},
                         {"unique", false}});
}

// What every record has of itself.
Json own_field_meta(const Ctx& ctx, const Kind& kind, std::string_view name, Type type) {
    Field own = field(name, type).read_only();
    own.target = field_type(type).target;
    own.is_sortable = field_type(type).compared == Compared::in_time;
    return field_meta(ctx, kind, own);
}

Json fields_json(const Ctx& ctx, const Kind& kind, const TenantFacts& facts) {
    Json out = Json::array();
    for (const Field& one : kind.entity->fields) {
        Json meta = field_meta(ctx, kind, one);
        meta.set("editableWhen", editable_json(*kind.entity, one.name));
        out.push(std::move(meta));
    }
    for (const CustomField& custom : facts.of(kind.entity->name)) {
        out.push(custom_field_meta(*kind.entity, custom));
    }
    out.push(own_field_meta(ctx, kind, "created_at", Type::datetime));
    out.push(own_field_meta(ctx, kind, "updated_at", Type::datetime));
    out.push(own_field_meta(ctx, kind, "created_by", Type::user));
    return out;
}

Json rights_json(const Ctx& ctx, const Kind& kind) {
    const Entity& entity = *kind.entity;
    const auto right = [&](std::string_view action, bool is_possible) {
        return Json(reach_name(is_possible ? ctx.reach(kind.resource, action) : Reach::none));
    };
    return Json::object({{"read", right("read", true)},
                         {"create", right("create", entity.can_be_created)},
                         {"update", right("update", true)},
                         {"delete", right("delete", entity.can_be_deleted)},
                         {"import", right("import", entity.can_be_imported)},
                         {"export", right("export", entity.can_be_exported)},
                         {"manage", right("manage", true)}});
}

// When it may be done, and what it asks for.
Json action_json(const Ctx& ctx, const Kind& kind, const Action& action, Reach reach) {
    const std::string word = std::string(kind.entity->name) + ".action." + std::string(action.name);
    Json input = Json::array();
    for (const Field& field : action.input) {
        input.push(field_meta(ctx, kind, field));
    }
    return Json::object({{"name", action.name},
                         {"label", ctx.word(word)},
                         {"reach", reach_name(reach)},
                         {"when", state_json(action.state)},
                         {"quiet", action.is_quiet},
                         {"fields", std::move(input)}});
}

Json actions_json(const Ctx& ctx, const Kind& kind) {
    Json out = Json::array();
    for (const Action& action : kind.entity->actions) {
        const std::string permission = kind.resource + "." + std::string(right_of(action));
        const auto dot = permission.find('.');
        const Reach reach = ctx.reach(permission.substr(0, dot), permission.substr(dot + 1));
        if (reach == Reach::none) {
            continue;
        }
        out.push(action_json(ctx, kind, action, reach));
    }
    return out;
}

// Whose record it is decides what reach `own` and `team` mean: this field, else who made it.
Json owner_json(const Entity& entity) {
    return entity.owner.empty() ? Json{} : Json(camel_case(entity.owner));
}

// What can be seen of its past.
std::string_view history_name(const Entity& entity) {
    switch (entity.history) {
        case History::full:
            return "full";
        case History::facts:
            return "facts";
        case History::none:
            return "none";
    }
    return {};
}

Json sort_json(const Entity& entity) {
    const bool is_descending = entity.default_sort.starts_with('-');
    const auto name = is_descending ? entity.default_sort.substr(1) : entity.default_sort;
    return Json::object({{"field", camel_case(name)}, {"order", is_descending ? "desc" : "asc"}});
}

bool is_searchable(const Entity& entity) {
    return std::any_of(entity.fields.begin(), entity.fields.end(),
                       [](const Field& field) { return field.is_searchable; });
}

// What people fill in of each part, and what is computed of it.
Json piece_json(const Ctx& ctx, const Kind& piece) {
    Json fields = Json::array();
    for (const Column& column : piece.columns) {
        if (column.field) {
            fields.push(field_meta(ctx, piece, *column.field));
        }
    }
    return fields;
}

struct RoleRow {
    std::string name, label;
    bool is_built_in = false;
};
FIELDS(RoleRow, name, label, is_built_in);

// Roles are data of the company; those that every company has speak the reader's language.
Task<Json> roles_json(Ctx& ctx) {
    Json out = Json::array();
    if (ctx.services.people().roles.empty()) {
        co_return out;
    }
    const auto roles = co_await ctx.tx.all<RoleRow>(ctx.services.people().roles);
    for (const RoleRow& role : roles) {
        const std::string word = "role." + role.name;
        const bool has_word = role.is_built_in && Words::all().has(word);
        out.push(Json::object(
            {{"name", role.name}, {"label", has_word ? Json(ctx.word(word)) : Json(role.label)}}));
    }
    co_return out;
}

// It changes when a program or a company's fields, roles or rights do: whoever has it already is
// told so, each time it is asked for.
http::Response told_once(const http::Request& request, const Json& body) {
    http::Response response = reply(200, body);
    const std::string etag = "\"" + auth::digest(response.body).substr(0, 32) + "\"";
    if (http::knows_etag(request, etag)) {
        response = http::Response{};
        response.status = 304;
    }
    response.with("ETag", etag).with("Cache-Control", "private, no-cache");
    return response.with("Vary", "Accept-Language, Authorization, X-API-Key");
}

Task<http::Response> show_meta(Ctx& ctx, const http::Request& request) {
    const auto facts = co_await ctx.services.entities().facts(ctx);
    Json entities = Json::array();
    for (const auto& kind : ctx.services.entities().all()) {
        if (ctx.reach(kind->resource, "read") != Reach::none) {
            const Kind& seen = ctx.services.entities().seen(*kind, ctx.who);
            entities.push(entity_meta(ctx, seen, *facts));
        }
    }
    Json roles = co_await roles_json(ctx);
    const Json meta =
        Json::object({{"entities", std::move(entities)}, {"roles", std::move(roles)}});
    co_return told_once(request, meta);
}

Task<http::Response> show_entity_meta(Ctx& ctx, const http::Request& request) {
    const Kind* kind = ctx.services.entities().find(request.param("entity"));
    if (!kind || kind->entity->lives_inside || ctx.reach(kind->resource, "read") == Reach::none) {
        throw Error(404, "not_found");
    }
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const Kind& seen = ctx.services.entities().seen(*kind, ctx.who);
    co_return told_once(request, entity_meta(ctx, seen, *facts));
}

}  // namespace

std::string_view field_label(const Ctx& ctx, const Kind& kind, std::string_view field) {
    const std::string own = std::string(kind.entity->name) + "." + std::string(field);
    const std::string general = "field." + std::string(field);
    const bool is_general = !Words::all().has(own) && Words::all().has(general);
    return ctx.word(is_general ? general : own);
}

// "color.red" stands in for a word that every entity with a colour would repeat.
std::string_view option_label(const Ctx& ctx, const Kind& kind, const Field& field,
                              std::string_view value) {
    const std::string general = std::string(field.name) + "." + std::string(value);
    const std::string own = std::string(kind.entity->name) + "." + general;
    const bool is_general = !Words::all().has(own) && Words::all().has(general);
    return ctx.word(is_general ? general : own);
}

Json field_meta(const Ctx& ctx, const Kind& kind, const Field& field) {
    const auto ops = operators_of(field.type);
    Json meta =
        Json::object({{"key", camel_case(field.name)},
                      {"type", type_name(field.type)},
                      {"label", field_label(ctx, kind, field.name)},
                      {"required", field.is_required || field.is_expected},
                      {"readOnly", field.is_read_only},
                      {"editableWhen", Json{}},
                      {"sortable", field.is_sortable},
                      {"filterable", !ops.empty()},
                      {"searchable", field.is_searchable},
                      {"inList", !field.is_hidden},
                      {"section", field.part},
                      {"min", limit_json(field, field.min, INT64_MIN)},
                      {"max", limit_json(field, field.max, INT64_MAX)},
                      {"options", options_json(ctx, kind, field)},
                      {"default", initial_json(field)},
                      {"target", field.target.empty() ? Json{} : Json(field.target)},
                      {"linkedAs", is_told_beside(field) ? Json(linked_name(field)) : Json{}},
                      {"custom", false},
                      {"personal", field.is_personal},
                      {"help", help_json(ctx, kind, field)},
                      {"ops", names_json(ops)},
                      {"unique", field.is_unique}});
    if (!field.accepted.empty()) {
        meta.set("accepts", names_json(split_options(field.accepted)));
    }
    if (field.is_total()) {
        meta.set("totalOf", mover_of(ctx.services.entities(), field));
    }
    if (const Parts* parts = kind.parts_by_name(field.name)) {
        meta.set("fields", piece_json(ctx, *parts->kind));
    }
    return meta;
}

Json entity_meta(const Ctx& ctx, const Kind& kind, const TenantFacts& facts) {
    const Entity& entity = *kind.entity;
    const std::string name(entity.name);
    Json aliases = Json::array(), counters = Json::array(), tellers = Json::array();
    for (const std::string& alias : kind.aliases) {
        aliases.push(alias);
    }
    for (const Kind* teller : tellers_of(ctx, kind)) {
        tellers.push(teller->entity->name);
    }
    if (!entity.counted_by.empty()) {
        counters.push(camel_case(entity.counted_by));
    }
    return Json::object({{"name", name},
                         {"plural", kind.route},
                         {"aliases", std::move(aliases)},
                         {"label", ctx.word(name)},
                         {"labelPlural", ctx.word(name + ".plural")},
                         {"titleField", camel_case(entity.title)},
                         {"owner", owner_json(entity)},
                         {"defaultSort", sort_json(entity)},
                         {"searchable", is_searchable(entity)},
                         {"softDelete", entity.can_be_deleted},
                         {"deletableWhen", state_json(entity.deletable_when)},
                         {"custom", entity.has_custom_fields},
                         {"inMenu", entity.is_in_menu},
                         {"importable", entity.can_be_imported},
                         {"exportable", entity.can_be_exported},
                         {"permissions", rights_json(ctx, kind)},
                         {"counters", std::move(counters)},
                         {"timeline", std::move(tellers)},
                         {"history", history_name(entity)},
                         {"fields", fields_json(ctx, kind, facts)},
                         {"actions", actions_json(ctx, kind)}});
}

void declare_meta_routes(App& app) {
    app.route("GET", "/meta", show_meta).within_rights().in("meta").gives(200, "Meta");
    app.route("GET", "/meta/{entity}", show_entity_meta)
        .within_rights()
        .in("meta")
        .called("getEntityMeta")
        .gives(200, "MetaEntity");
    declare_health_routes(app);
}

}  // namespace ponte::records
