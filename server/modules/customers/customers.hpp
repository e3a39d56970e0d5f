// People and organisations that a company deals with, their labels, notes and ways to be reached.
// Owns the tables contacts, contact_points, tags and notes. Other modules know a contact by its id
// and speak to it through the entity `contact` (ctx.create, ctx.update) or the functions here.
#pragma once

#include <optional>
#include <string>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::customers {

void declare(App& app);

// What another module knows of somebody. Values as typed: they are checked like any input.
struct Contact {
    std::string name;
    std::optional<std::string> phone, email, document, company, source;
    std::string kind = "person", status = "active";
};

// The contact with this document, phone or e-mail, however it is written; the oldest of several.
Task<std::optional<Id>> find(Ctx& ctx, Contact contact);

// The same, or a new contact. Two at once create one: the second waits until the first has
// committed. Throws 422.
Task<Id> find_or_create(Ctx& ctx, Contact contact);

}  // namespace ponte::customers
