// A field of a declaration: what it is called, what it holds, and what must be true of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "kernel/values.hpp"

namespace ponte {

struct Values;

// What the records of another entity come to whose link leads here, and who are not deleted.
// The database keeps it (keep_totals); it gives the record no new version.
struct Total {
    enum class Of { nothing, count, latest, sum };
    Of of = Of::nothing;
    std::string_view link;         // "note.contact_id"
    std::string_view field;        // of the latest and the sum: "created_at"
    std::string_view when, value;  // only of those whose choice or boolean `when` is `value`
};

struct Field {
    std::string_view name;  // snake_case: the column; JSON says it in camelCase
    Type type = Type::text;
    bool is_required = false;
    bool is_expected = false;     // required of people (forms, API); in files another key does, too
    bool is_unique = false;       // the constraint <table>__<field>__taken must exist
    bool is_searchable = false;   // part of the table's `search` column
    bool is_read_only = false;    // computed: never taken from input
    bool is_hidden = false;       // not in lists and forms of the web, still in the API
    bool is_immutable = false;    // taken on create only
    bool is_sortable = true;      // needs its index in the same change
    bool is_folded_sort = false;  // sorted by sort_key(): names
    bool is_about = false;     // of links: an event of the record is told about their target, too
    bool is_numbered = false;  // the next number of its company, given to each new record
    // Characters, or value as it is kept: money in cents, durations in seconds, percentages in
    // ten-thousandths.
    std::int64_t min = INT64_MIN, max = INT64_MAX;
    std::string_view options;                  // "new | qualified | lost"
    std::string_view colors;                   // one hue per option, same order
    std::string_view initial;                  // default on create, as canonical text
    std::string_view target;                   // entity of link and tags
    std::string_view accepted;                 // of files: "image | pdf"; empty: anything
    std::string_view part = "basic";           // section of the form
    std::string_view seen_with, changed_with;  // permissions that it takes: "contacts.secrets"
    bool is_personal = false;                  // tells of a natural person (LGPD)
    Json (*compute)(const Values&) = nullptr;  // from the record's other values
    std::string_view sum_of;                   // "items.total": of its parts, added up
    Total total;                               // of the records that lead here

    constexpr Field required() const {
        auto f = *this;
        f.is_required = true;
        return f;
    }
    constexpr Field expected() const {
        auto f = *this;
        f.is_expected = true;
        return f;
    }
    constexpr Field unique() const {
        auto f = *this;
        f.is_unique = true;
        return f;
    }
    constexpr Field searchable() const {
        auto f = *this;
        f.is_searchable = true;
        return f;
    }
    constexpr Field read_only() const {
        auto f = *this;
        f.is_read_only = true;
        return f;
    }
    constexpr Field hidden() const {
        auto f = *this;
        f.is_hidden = true;
        return f;
    }
    constexpr Field immutable() const {
        auto f = *this;
        f.is_immutable = true;
        return f;
    }
    constexpr Field not_sortable() const {
        auto f = *this;
        f.is_sortable = false;
        return f;
    }
    constexpr Field sorted_as_name() const {
        auto f = *this;
        f.is_folded_sort = true;
        return f;
    }
    // What happens to the record stands in the timeline of what this link points to, too.
    constexpr Field about() const {
        auto f = *this;
        f.is_about = true;
        return f;
    }
    constexpr Field between(std::int64_t low, std::int64_t high) const {
        auto f = *this;
        f.min = bound(low);
        f.max = bound(high);
        return f;
    }
    constexpr Field length(std::int64_t low, std::int64_t high) const { return between(low, high); }
    constexpr Field at_least(std::int64_t low) const {
        auto f = *this;
        f.min = bound(low);
        return f;
    }
    // `max` alone would hide the member of that name: `.up_to(150)` is style's `.max(150)`.
    constexpr Field up_to(std::int64_t high) const {
        auto f = *this;
        f.max = bound(high);
        return f;
    }
    // Of files: what they may be, by what their bytes are.
    constexpr Field accepts(std::string_view kinds) const {
        auto f = *this;
        f.accepted = kinds;
        return f;
    }
    constexpr Field up_to_mb(std::int64_t megabytes) const { return up_to(megabytes << 20); }
    constexpr Field starts_as(std::string_view value) const {
        auto f = *this;
        f.initial = value;
        return f;
    }
    constexpr Field colored(std::string_view hues) const {
        auto f = *this;
        f.colors = hues;
        return f;
    }
    // Whoever has no such permission meets a declaration without this field, on every way.
    constexpr Field seen_by(std::string_view permission) const {
        auto f = *this;
        f.seen_with = permission;
        return f;
    }
    // For whoever has no such permission it is read-only.
    constexpr Field changed_by(std::string_view permission) const {
        auto f = *this;
        f.changed_with = permission;
        return f;
    }
    constexpr Field personal() const {
        auto f = *this;
        f.is_personal = true;
        return f;
    }
    // Written with each change of the record, from its canonical values.
    constexpr Field computed(Json (*from)(const Values&)) const {
        auto f = read_only();
        f.compute = from;
        return f;
    }
    // The sum of a field of the parts, as new as they are: money("total").sum("items.total").
    constexpr Field sum(std::string_view parts_field) const {
        auto f = read_only();
        f.sum_of = parts_field;
        return f;
    }
    // Of the records that lead here by a link of theirs, which may be declared later:
    // integer("notes").counts("note.contact_id"), .latest("note.contact_id", "created_at"),
    // .sums("offer.contact_id", "total").where("status", "accepted").
    constexpr Field counts(std::string_view link) const {
        auto f = totals({Total::Of::count, link, {}, {}, {}});
        f.initial = "0";
        return f;
    }
    constexpr Field latest(std::string_view link, std::string_view of) const {
        return totals({Total::Of::latest, link, of, {}, {}});
    }
    constexpr Field sums(std::string_view link, std::string_view of) const {
        auto f = totals({Total::Of::sum, link, of, {}, {}});
        f.initial = "0";
        return f;
    }
    constexpr Field where(std::string_view choice, std::string_view value) const {
        auto f = *this;
        f.total.when = choice;
        f.total.value = value;
        return f;
    }
    // 1, 2, 3… in each company. Records are made one after the other then: the next number is free
    // when the former is committed, so that none is left out.
    constexpr Field numbered() const {
        auto f = read_only();
        f.is_numbered = f.is_unique = true;
        return f;
    }
    constexpr Field section(std::string_view name_) const {
        auto f = *this;
        f.part = name_;
        return f;
    }
    constexpr Field totals(Total what) const {
        auto f = read_only();
        f.total = what;
        return f;
    }
    // Of a percentage bounds are given in whole ones: .between(0, 100).
    constexpr std::int64_t bound(std::int64_t given) const {
        return type == Type::percentage ? given * percentage_unit : given;
    }
    constexpr bool is_total() const { return total.of != Total::Of::nothing; }
};

constexpr Field field(std::string_view name, Type type) {
    Field f;
    f.name = name;
    f.type = type;
    return f;
}
constexpr Field text(std::string_view name) { return field(name, Type::text).up_to(255); }
constexpr Field long_text(std::string_view name) {
    return field(name, Type::long_text).up_to(20'000).not_sortable();
}
constexpr Field integer(std::string_view name) { return field(name, Type::integer); }
constexpr Field number(std::string_view name) { return field(name, Type::number); }
constexpr Field money(std::string_view name) { return field(name, Type::money); }
constexpr Field percentage(std::string_view name) { return field(name, Type::percentage); }
// Whole seconds: duration("time_to_reply").up_to(7 * 86'400).
constexpr Field duration(std::string_view name) { return field(name, Type::duration); }
constexpr Field boolean(std::string_view name) { return field(name, Type::boolean); }
constexpr Field date(std::string_view name) { return field(name, Type::date); }
constexpr Field datetime(std::string_view name) { return field(name, Type::datetime); }
constexpr Field phone(std::string_view name) {
    return field(name, Type::phone).up_to(40).not_sortable();
}
constexpr Field email(std::string_view name) { return field(name, Type::email).up_to(254); }
constexpr Field url(std::string_view name) {
    return field(name, Type::url).up_to(2048).not_sortable();
}
constexpr Field cpf(std::string_view name) { return field(name, Type::cpf).not_sortable(); }
constexpr Field cnpj(std::string_view name) { return field(name, Type::cnpj).not_sortable(); }
constexpr Field document(std::string_view name) {
    return field(name, Type::document).not_sortable();
}
constexpr Field postal_code(std::string_view name) {
    return field(name, Type::postal_code).not_sortable();
}
// A token or password of another system. It goes in and never comes out again: what is kept is
// sealed, what is told is whether there is one, and server code asks kernel/secrets.hpp.
constexpr Field secret(std::string_view name) {
    return field(name, Type::secret).up_to(4'000).not_sortable();
}
// A file that was uploaded before (kernel/files): named as a link, file("photo_id") is `photoId` in
// JSON, with the file's facts beside it as `photo`. `max` counts bytes.
constexpr Field file(std::string_view name) {
    auto f = field(name, Type::file).not_sortable();
    f.target = "file";
    return f;
}
constexpr Field json(std::string_view name) { return field(name, Type::json).not_sortable(); }
constexpr Field choice(std::string_view name, std::string_view options) {
    auto f = field(name, Type::choice);
    f.options = options;
    return f;
}
constexpr Field choices(std::string_view name, std::string_view options) {
    auto f = field(name, Type::choices).not_sortable();
    f.options = options;
    return f;
}
// A link is named as its column: link("contact_id", "contact") is `contactId` in JSON.
constexpr Field link(std::string_view name, std::string_view entity) {
    auto f = field(name, Type::link).not_sortable();
    f.target = entity;
    return f;
}
constexpr Field user(std::string_view name) {
    auto f = field(name, Type::user).not_sortable();
    f.target = "user";
    return f;
}
// A set of records of another entity, given and shown by their titles; unknown titles are created.
// Column: uuid[]; JSON: ["vip", "cliente"].
constexpr Field tags(std::string_view name, std::string_view entity) {
    auto f = field(name, Type::tags).not_sortable();
    f.target = entity;
    return f;
}
// Records of `entity` that live inside this one (Entity::lives_inside): told, changed, deleted and
// undone with it. JSON: a list of objects, each with its id, in their order; no column.
constexpr Field parts(std::string_view name, std::string_view entity) {
    auto f = field(name, Type::parts).not_sortable().hidden().up_to(200);
    f.target = entity;
    return f;
}

}  // namespace ponte
