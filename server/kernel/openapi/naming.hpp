// What things are called in the contract: operations, bodies, summaries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/openapi/openapi.hpp"

namespace ponte::openapi {

// A route taken apart: /contacts/{id}/history is the contact's history.
struct Shape {
    const records::Kind* kind = nullptr;  // whose collection it begins with, if any
    std::string collection, thing;        // "Contacts", "Contact"
    std::string rest;                     // "history"; empty: the collection or the record
    bool is_of_record = false;            // an id follows the collection
    bool is_plain = false;                // nothing but collection, id and one word
};
Shape shape_of(const Declared& declared, const Route& route);

bool gives_many(const Route& route);     // ContactPage, RoleList
std::string tag_of(const Route& route);  // the group of the documentation that it stands in

// "listContacts"; what the route is called when its declaration says so.
std::string operation_name(const Declared& declared, const Route& route);
// "ContactInput", "ContactPatch", "LoginInput", "StartImportForm"
std::string body_name(const Declared& declared, const Route& route);
// "List contacts", or the text of route.<operation name>.
std::string summary(const Declared& declared, const Route& route, Language language);
// The reader's word for a field: of the entity, of every entity's field, or none.
std::string_view field_word(std::string_view entity, std::string_view field, Language language);

}  // namespace ponte::openapi
