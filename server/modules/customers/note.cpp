#include "modules/customers/note.hpp"

#include "modules/customers/reach.hpp"

namespace ponte::customers {
namespace {

// Nobody writes about a contact that they cannot see or that lies in the recycle bin; a note stays
// with its contact.
Task<> before_note(Ctx& ctx, Values& values, const Json* before) {
    const Json* contact = before ? before->find("contactId") : values.find("contact_id");
    if (!contact) {
        co_return;
    }
    const auto id = Id::parse(contact->as_string()).value_or(Id{});
    const auto found = co_await find_in_reach(ctx, id);
    if (before && !found) {
        throw not_found("note");
    }
    if (before && found->is_deleted) {
        throw conflict("note.contact_deleted");
    }
    if (!found || found->is_deleted) {
        throw invalid("contactId", "not_found");
    }
}

constexpr Field note_fields[] = {
    link("contact_id", "contact").required().immutable(),
    long_text("body").required().searchable(),
    boolean("pinned").starts_as("false").not_sortable(),
};

}  // namespace

constexpr Entity note_entity{
    .name = "note",
    .table = "notes",
    .title = "body",
    .fields = note_fields,
    .is_in_menu = false,
    .before_write = before_note,
};
static_assert(valid(note_entity));

}  // namespace ponte::customers
