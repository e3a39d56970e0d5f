#include "modules/customers/contact.hpp"

#include "modules/customers/contact_points.hpp"

namespace ponte::customers {
namespace {

constexpr Field contact_fields[] = {
    text("name").required().length(2, 255).searchable().sorted_as_name(),
    email("email").searchable(),
    phone("phone").expected().searchable(),
    text("company").searchable().sorted_as_name(),
    choice("status", "prospect | active | inactive")
        .starts_as("active")
        .colored("blue | green | gray"),
    tags("tags", "tag"),
    user("assigned_to"),
    choice("kind", "person | company").starts_as("person").not_sortable().section("more"),
    document("document").searchable().section("more"),
    text("job_title").up_to(120).not_sortable().section("more"),
    text("city").up_to(120).not_sortable().section("more"),
    text("state").up_to(60).not_sortable().section("more"),
    text("source").up_to(60).not_sortable().section("more"),
    datetime("last_contact_at").latest("note.contact_id", "created_at"),
    integer("total_interactions").counts("note.contact_id"),
};

}  // namespace

constexpr Entity contact_entity{
    .name = "contact",
    .table = "contacts",
    .aliases = "customers",
    .fields = contact_fields,
    .owner = "assigned_to",
    .counted_by = "status",
    .rights =
        "supervisor: read create update delete import export | agent: read create update | "
        "sales: read create update:own delete:own export:own",
    .has_custom_fields = true,
    .is_in_search = true,
    .can_be_imported = true,
    .match_table = "contact_points",  // kept by the triggers of its migration
    .match_fields = "phone | email | document",
};
static_assert(valid(contact_entity));

namespace {

void set_if_known(Values& values, std::string_view field, const std::optional<std::string>& value) {
    if (value) {
        values.set(field, Json(*value));
    }
}

Values values_of(const Contact& contact) {
    Values values{{"name", contact.name}, {"kind", contact.kind}, {"status", contact.status}};
    set_if_known(values, "phone", contact.phone);
    set_if_known(values, "email", contact.email);
    set_if_known(values, "document", contact.document);
    set_if_known(values, "company", contact.company);
    set_if_known(values, "source", contact.source);
    return values;
}

std::vector<MatchKey> keys_of(const Contact& contact) {
    std::vector<MatchKey> keys;
    add_key(keys, Type::document, contact.document.value_or(""));
    add_key(keys, Type::phone, contact.phone.value_or(""));
    add_key(keys, Type::email, contact.email.value_or(""));
    return keys;
}

}  // namespace

Task<Id> add_contact(Ctx& ctx, Contact contact) {
    const Id id = co_await ctx.create("contact", values_of(contact));
    co_return id;
}

Task<std::optional<Id>> find(Ctx& ctx, Contact contact) {
    const std::vector<MatchKey> keys = keys_of(contact);
    const auto found = co_await find_by_keys(ctx, keys);
    co_return found;
}

Task<Id> find_or_create(Ctx& ctx, Contact contact) {
    const std::vector<MatchKey> keys = keys_of(contact);
    queue_lock(ctx, keys);
    const auto found = co_await find_by_keys(ctx, keys);
    if (found) {
        co_return *found;
    }
    const Id id = co_await add_contact(ctx, std::move(contact));
    co_return id;
}

}  // namespace ponte::customers
