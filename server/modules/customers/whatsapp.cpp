// "Is this number a customer?" and "make them one", as conversations ask (seed 000).
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/customers/contact.hpp"
#include "modules/customers/contact_points.hpp"
#include "modules/customers/contact_routes.hpp"
#include "modules/customers/reach.hpp"

namespace ponte::customers {
namespace {

Task<std::string> record_text(Ctx& ctx, Id id) {
    const auto& kind = ctx.services.entities().get("contact");
    db::Statement shown = records::shown_statement(ctx, kind, id);
    const db::Rows rows = co_await ctx.tx.query(std::move(shown.sql), std::move(shown.params));
    std::string text;
    if (rows.empty()) {
        text = "null";
    } else {
        records::write_record(text, kind, rows, 0);
    }
    co_return text;
}

// Somebody whom the reader may not see exists all the same, so that no second one is made.
Task<std::string> visible_record(Ctx& ctx, Id id) {
    std::string text = "null";
    const bool is_seen = co_await is_in_reach(ctx, id);
    if (is_seen) {
        text = co_await record_text(ctx, id);
    }
    co_return text;
}

Task<http::Response> check_customer(Ctx& ctx, const http::Request&) {
    std::vector<MatchKey> keys;
    add_key(keys, Type::phone, ctx.asked.text("phone").value_or(""));
    if (keys.empty()) {
        throw bad_parameter("phone", "format");
    }
    const auto found = co_await find_by_keys(ctx, keys);
    std::string customer = "null";
    if (found) {
        customer = co_await visible_record(ctx, *found);
    }
    http::Response response;
    response.body = std::string(R"({"exists":)") + (found ? "true" : "false") + R"(,"customer":)" +
                    customer + "}";
    co_return response;
}

constexpr Field new_customer_fields[] = {
    text("name").required().length(2, 255),
    phone("phone").required(),
    email("email"),
    text("company"),
};

Contact contact_in(const Values& values) {
    Contact contact;
    contact.name = values.text("name").value_or("");
    contact.phone = values.text("phone");
    contact.email = values.text("email");
    contact.company = values.text("company");
    contact.source = "WhatsApp";
    return contact;
}

// The phone alone decides who somebody is: it is what the conversation came from.
Task<http::Response> create_customer(Ctx& ctx, const http::Request&) {
    const Contact contact = contact_in(ctx.input);
    std::vector<MatchKey> keys;
    add_key(keys, Type::phone, contact.phone.value_or(""));

    queue_lock(ctx, keys);
    const auto known = co_await find_by_keys(ctx, keys);
    http::Response response;
    if (known) {
        response.body = co_await visible_record(ctx, *known);
        if (response.body == "null") {
            throw conflict("contact.of_a_colleague");
        }
        co_return response;
    }
    const Id id = co_await add_contact(ctx, contact);
    response.status = 201;
    response.body = co_await record_text(ctx, id);
    response.with("Location", "/api/v1/contacts/" + id.text());
    co_return response;
}

constexpr Field check_parameters[] = {text("phone").required()};

}  // namespace

void declare_whatsapp_routes(App& app) {
    app.route("GET", "/whatsapp/customers/check", check_customer)
        .needs("contacts.read")
        .in("contacts")
        .called("checkWhatsappCustomer")
        .asks(check_parameters)
        .gives(200, "WhatsappCheck");
    app.route("POST", "/whatsapp/customers/create", create_customer)
        .needs("contacts.create")
        .in("contacts")
        .called("createWhatsappCustomer")
        .takes(new_customer_fields)
        .gives(201, "Contact");
}

}  // namespace ponte::customers
