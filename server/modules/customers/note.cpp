#include "modules/customers/note.hpp"

#include "modules/customers/mentions.hpp"

namespace ponte::customers {
namespace {

constexpr Field note_fields[] = {
    link("contact_id", "contact").required().immutable().about(),
    long_text("body").required().searchable(), boolean("pinned").starts_as("false").not_sortable(),
    json("mentions").read_only().hidden().starts_as("[]").not_sortable(),  // mentions.hpp
};

}  // namespace

constexpr Entity note_entity{
    .name = "note",
    .table = "notes",
    .title = "body",
    .fields = note_fields,
    .part_of = "contact_id",
    .rights =
        "supervisor: read create update delete export | "
        "agent: read create update:own delete:own | "
        "sales: read create update:own delete:own export:own",
    .is_in_menu = false,
    .is_in_search = true,
    .before_write = find_mentions,
};
static_assert(valid(note_entity));

}  // namespace ponte::customers
