// The declaration of an entity: facts only, constexpr, checked by static_assert(valid(…)). Its API,
// validation, OpenAPI, form, list, filters, import, permissions, audit and history follow from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/action.hpp"
#include "kernel/entity_rights.hpp"
#include "kernel/error.hpp"
#include "kernel/field.hpp"
#include "kernel/json.hpp"
#include "kernel/task.hpp"
#include "kernel/values.hpp"

namespace ponte {

struct Changes;  // kernel/records/changes.hpp

// What the log keeps of a change. It is told to screens and listeners whichever that is.
enum class History {
    full,   // the values before and after: they can be seen, taken back, read as of a moment
    facts,  // that it happened: when, by whom, about what
    none,   // nothing, once everybody has been told: of messages by the million
};

struct Entity {
    std::string_view name;            // "contact"
    std::string_view table;           // "contacts"; also the route, with - for _
    std::string_view title = "name";  // the field that names a record to people
    std::string_view aliases;         // other routes: "customers"
    std::span<const Field> fields;
    std::span<const Action> actions = {};
    std::string_view owner;    // user field that decides scope "own" and "team"
    std::string_view part_of;  // link field: without its whole in reach a part is not there
    // Its records are a field of type `parts` of their whole, with which they are told, changed,
    // deleted, restored and undone: rows in an order, without rights, version or events of theirs.
    bool lives_inside = false;
    std::string_view counted_by;  // choice field whose totals the write path keeps (tallies)
    std::string_view default_sort = "-created_at";
    std::string_view route = {};  // default: table with - for _
    // What the built-in roles may do with it, beside the administrator (everything) and the reader
    // (read): "supervisor: read create update delete import | agent: read create update:own".
    std::string_view rights = {};
    bool has_custom_fields = false;  // column `custom` jsonb
    bool can_be_deleted = true;      // recycle bin (column deleted_at)
    bool can_be_created = true;
    bool is_written_by_system = false;  // its hooks write what only the system may (logins)
    // In any other state what people fill in stays as it is, whoever asks and by whatever way: 409
    // <name>.locked (decision 0136). But for these fields; "custom" are the company's own.
    State editable_when = {};
    std::string_view always_editable = {};
    State deletable_when = {};
    bool is_in_menu = true;     // the generic page stands in the menu
    bool is_in_search = false;  // GET /search finds it by its searchable fields: a statement more
    bool can_be_imported = false;
    bool can_be_exported = true;  // its list as a file, for whoever has the right `export`
    History history = History::full;
    // What its events say beside being written (created, updated, deleted, restored): "sent |
    // accepted". Whoever is to be told outside chooses among them.
    std::string_view tells = {};
    // Where two records that mean the same are found: a table with columns tenant_id, <name>_id,
    // kind and match_key, and the fields that have keys there: "phone | email | document". Without
    // a table, by fields that no two have alike: "code".
    std::string_view match_table, match_fields;
    // A rule over several fields; pure, so that imports ask the same question.
    void (*check)(const Values& values, Problems& problems) = nullptr;
    // Named hooks, when facts are not enough. Both run in the transaction of the write, whatever it
    // is (new, changed, deleted, restored) and wherever it comes from, once for all its records.
    Task<> (*before_write)(Ctx&, Changes& changes) = nullptr;
    Task<> (*after_write)(Ctx&, const Changes& changes) = nullptr;
};

// Field values by snake_case name. What a handler passes to ctx.create and ctx.update.
struct Values {
    Json::Object list;
    Values() = default;
    Values(std::initializer_list<Json::Member> members) : list(members) {}
    const Json* find(std::string_view name) const;
    // What was given; nothing when it was not, or as null.
    std::optional<std::string> text(std::string_view name) const;
    std::optional<std::int64_t> integer(std::string_view name) const;
    std::optional<bool> boolean(std::string_view name) const;
    std::optional<Id> id(std::string_view name) const;
    void set(std::string_view name, Json value);
    void erase(std::string_view name);
};

// Beside the id that a link or user field holds, answers give what it points to, {id, title}, in a
// member of its own: named as the field without `_id`, or as the field and its target where it has
// none. `contact_id` → contact, `assigned_to` → assigned_to_user.
constexpr bool is_named_as_linked(std::string_view name, const Field& link) {
    constexpr std::string_view id = "_id";
    if (link.name.ends_with(id)) {
        return name == link.name.substr(0, link.name.size() - id.size());
    }
    return name.size() == link.name.size() + 1 + link.target.size() &&
           name.starts_with(link.name) && name[link.name.size()] == '_' &&
           name.ends_with(link.target);
}

constexpr bool is_snake(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    for (const char c : text) {
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
            return false;
        }
    }
    return true;
}

// "contacts.win" of contacts is "win"; empty when it is a right of something else.
constexpr std::string_view action_in(std::string_view permission, std::string_view resource) {
    const bool is_ours = permission.size() > resource.size() + 1 &&
                         permission.starts_with(resource) && permission[resource.size()] == '.';
    return is_ours ? permission.substr(resource.size() + 1) : std::string_view{};
}

// A name of its own that an action or a field of the entity brings to what may be allowed.
constexpr bool brings_right(const Entity& entity, std::string_view name) {
    for (const Action& action : entity.actions) {
        if (right_of(action) == name) {
            return true;
        }
    }
    for (const Field& f : entity.fields) {
        if (action_in(f.seen_with, entity.table) == name ||
            action_in(f.changed_with, entity.table) == name) {
            return true;
        }
    }
    return false;
}

constexpr bool has_valid_rights(const Entity& entity) {
    bool are_known = true;
    const bool is_written_well = each_right(entity.rights, [&](const Right& right) {
        are_known = are_known && (right.action.empty() || is_verb(right.action) ||
                                  brings_right(entity, right.action));
    });
    return is_written_well && are_known;
}

constexpr bool is_one_of(std::string_view options, std::string_view name) {
    while (!options.empty()) {
        if (take_until(options, '|') == name) {
            return true;
        }
    }
    return false;
}

// What everybody meets by another way than as a value (titles, search, order, twins, whose record
// it is) cannot be for some; and a record can be made by those who may not fill it in.
constexpr bool can_be_withheld(const Entity& entity, const Field& f) {
    const std::string_view sort = entity.default_sort;
    const bool is_told_otherwise = f.is_searchable || f.is_unique || f.name == entity.title ||
                                   f.name == entity.owner || f.name == entity.part_of ||
                                   f.name == entity.counted_by || f.name == sort ||
                                   (sort.starts_with('-') && f.name == sort.substr(1)) ||
                                   is_one_of(entity.match_fields, f.name);
    return !is_told_otherwise && (!f.is_required || !f.initial.empty());
}

constexpr bool is_linked(const Field& f) { return f.type == Type::link || f.type == Type::user; }
// What answers tell more of than an id, in a member beside it.
constexpr bool is_told_beside(const Field& f) { return is_linked(f) || f.type == Type::file; }

// What is nothing but a piece of its whole has nothing that asks for a life of its own, and fields
// that can be told in a list of objects.
constexpr bool is_piece(const Entity& entity) {
    for (const Field& f : entity.fields) {
        const bool is_told = f.type != Type::tags && f.type != Type::json &&
                             f.type != Type::parts && f.type != Type::choices &&
                             f.type != Type::datetime && f.type != Type::secret &&
                             f.type != Type::file;
        if (!is_told || !f.seen_with.empty() || !f.changed_with.empty() || f.is_unique ||
            f.is_searchable || f.is_about || f.is_numbered || !f.sum_of.empty() || f.is_total()) {
            return false;
        }
    }
    return !entity.part_of.empty() && entity.owner.empty() && entity.actions.empty() &&
           entity.rights.empty() && entity.counted_by.empty() && entity.match_table.empty() &&
           entity.editable_when.field.empty() && entity.deletable_when.field.empty() &&
           !entity.has_custom_fields && !entity.before_write && !entity.after_write;
}

constexpr bool has_choice(const Entity& entity, std::string_view name) {
    for (const Field& f : entity.fields) {
        if (f.name == name) {
            return f.type == Type::choice;
        }
    }
    return false;
}

constexpr bool has_state(const Entity& entity, const State& state) {
    return state.field.empty() || has_choice(entity, state.field);
}

// What people fill in, whatever the state of the record is.
constexpr bool is_always_editable(const Entity& entity, std::string_view name) {
    return entity.editable_when.field.empty() || name == entity.editable_when.field ||
           is_one_of(entity.always_editable, name);
}

constexpr bool has_valid_lock(const Entity& entity) {
    std::string_view open = entity.always_editable;
    while (!open.empty()) {
        const std::string_view name = take_until(open, '|');
        bool is_found = name == "custom" && entity.has_custom_fields;
        for (const Field& f : entity.fields) {
            is_found = is_found || f.name == name;
        }
        if (!is_found || entity.editable_when.field.empty()) {
            return false;
        }
    }
    return has_state(entity, entity.editable_when) && has_state(entity, entity.deletable_when) &&
           (entity.can_be_deleted || entity.deletable_when.field.empty());
}

// By what no two have alike, unless a table of keys says more.
constexpr bool has_valid_matches(const Entity& entity) {
    std::string_view names = entity.match_table.empty() ? entity.match_fields : "";
    while (!names.empty()) {
        const std::string_view name = take_until(names, '|');
        bool is_found = false;
        for (const Field& f : entity.fields) {
            is_found = is_found || (f.name == name && f.is_unique && f.type == Type::text);
        }
        if (!is_found) {
            return false;
        }
    }
    return true;
}

constexpr bool is_number(Type type) {
    return type == Type::integer || type == Type::number || type == Type::money;
}

// A number of records, the last of their moments, or a sum; of a link that is named whole.
constexpr bool has_valid_total(const Field& f) {
    const Total& total = f.total;
    const auto dot = total.link.find('.');
    const bool is_named = dot != total.link.npos && is_snake(total.link.substr(0, dot)) &&
                          is_snake(total.link.substr(dot + 1));
    const bool is_limited_well = total.when.empty() || is_snake(total.value);
    const bool is_kept_by_us =
        !f.is_required && !f.is_unique && !f.is_searchable && !f.compute && f.sum_of.empty();
    switch (total.of) {
        case Total::Of::nothing:
            return total.when.empty();
        case Total::Of::count:
            return is_named && is_limited_well && is_kept_by_us && f.type == Type::integer;
        case Total::Of::latest:
            return is_named && is_limited_well && is_kept_by_us && is_snake(total.field) &&
                   (f.type == Type::datetime || f.type == Type::date);
        case Total::Of::sum:
            return is_named && is_limited_well && is_kept_by_us && is_snake(total.field) &&
                   is_number(f.type);
    }
    return false;
}

// Nobody looks for it, orders by it, sees it beside another value or is told what it is; and who
// cannot write it has no use for it.
constexpr bool is_kept_secret(const Entity& entity, const Field& f) {
    return !f.is_unique && !f.is_searchable && !f.is_sortable && !f.is_folded_sort &&
           !f.is_numbered && !f.is_read_only && !f.is_immutable && f.initial.empty() &&
           f.options.empty() && f.name != entity.title;
}

// A file belongs to one record and is no name of it.
constexpr bool is_filed(const Entity& entity, const Field& f) {
    return !f.is_unique && !f.is_searchable && !f.is_sortable && f.initial.empty() &&
           f.name != entity.title && f.max > 0;
}

// What is said of one type only.
constexpr bool fits_type(const Entity& entity, const Field& f) {
    const bool is_of_parts = f.sum_of.find('.') != f.sum_of.npos;
    bool has_parts = f.sum_of.empty();
    for (const Field& other : entity.fields) {
        has_parts = has_parts || (is_of_parts && other.type == Type::parts &&
                                  other.name == f.sum_of.substr(0, f.sum_of.find('.')));
    }
    return has_parts && has_valid_total(f) && (!f.is_about || is_linked(f)) &&
           (!f.is_numbered || f.type == Type::integer) &&
           (f.type != Type::parts || (!f.is_unique && !f.is_searchable && f.initial.empty())) &&
           (f.type != Type::secret || is_kept_secret(entity, f)) &&
           (f.type == Type::file ? is_filed(entity, f) : f.accepted.empty());
}

// What needs the values of the past cannot be without them: an import is taken back by them, and
// whoever had a record before it was given away learns of that by them. Pieces are told with their
// whole.
constexpr bool has_valid_history(const Entity& entity) {
    const bool needs_values =
        entity.can_be_imported || !entity.owner.empty() || entity.lives_inside;
    return entity.history == History::full || !needs_values;
}

constexpr bool has_valid_search(const Entity& entity) {
    bool is_found = !entity.is_in_search;
    for (const Field& f : entity.fields) {
        is_found = is_found || f.is_searchable;
    }
    return is_found;
}

// What a declaration must hold; checked at compile time.
constexpr bool valid(const Entity& entity) {
    bool has_title = false, has_owner = entity.owner.empty(), has_count = entity.counted_by.empty(),
         has_whole = entity.part_of.empty();
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
        const Field& f = entity.fields[i];
        if (!is_snake(f.name)) {
            return false;
        }
        if ((f.type == Type::choice || f.type == Type::choices) == f.options.empty()) {
            return false;
        }
        const bool points = is_told_beside(f) || f.type == Type::tags || f.type == Type::parts;
        if (points == f.target.empty() || !fits_type(entity, f)) {
            return false;
        }
        if (f.min > f.max) {
            return false;
        }
        if (!f.seen_with.empty() && !can_be_withheld(entity, f)) {
            return false;
        }
        if (!f.changed_with.empty() && f.is_required && f.initial.empty()) {
            return false;
        }
        for (const Field& other : entity.fields) {
            if (is_told_beside(f) && is_named_as_linked(other.name, f)) {
                return false;
            }
        }
        has_title = has_title || f.name == entity.title;
        has_owner = has_owner || (f.name == entity.owner && f.type == Type::user);
        has_count = has_count || (f.name == entity.counted_by && f.type == Type::choice);
        has_whole = has_whole || (f.name == entity.part_of && f.type == Type::link);
        for (std::size_t j = 0; j < i; ++j) {
            if (entity.fields[j].name == f.name) {
                return false;
            }
        }
    }
    for (const Action& action : entity.actions) {
        if (!has_state(entity, action.state)) {
            return false;
        }
    }
    return is_snake(entity.name) && is_snake(entity.table) && has_title && has_owner && has_count &&
           has_whole && has_valid_rights(entity) && has_valid_matches(entity) &&
           has_valid_lock(entity) && has_valid_history(entity) && has_valid_search(entity) &&
           (!entity.lives_inside || is_piece(entity));
}

}  // namespace ponte
