// The declaration of contacts, which `customers` is another name for.
#pragma once

#include "kernel/ctx.hpp"
#include "modules/customers/customers.hpp"

namespace ponte::customers {

extern const Entity contact_entity;

// Makes a contact without looking for an existing one. Throws 422.
Task<Id> add_contact(Ctx& ctx, Contact contact);

}  // namespace ponte::customers
