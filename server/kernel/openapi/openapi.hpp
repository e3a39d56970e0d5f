// The published contract, made of what is declared: routes, entities, and the schemas.json that
// stands beside each owner for answers that are no records. Nothing of it is written twice, so it
// cannot differ from what the program does.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/words.hpp"

namespace ponte {

// OpenAPI 3.1 in English: the same program writes the same bytes (docs/openapi.json).
std::string openapi_json(const Services& services);

namespace openapi {

void declare_documentation_routes(App& app);  // GET /openapi.json
// Everything below /apidocs: the documentation for people, in the reader's language.
http::Response api_docs_page(const Services& services, const http::Request& request);

// What a document is made of.
struct Declared {
    const std::vector<std::unique_ptr<Route>>& routes;
    const records::Catalogue& entities;
};

// The document with its texts in one language.
Json document(const Declared& declared, Language language);

// "#/components/schemas/Nothing" that point to nothing; a test wants none.
std::vector<std::string> dangling_references(const Json& document);

// Two spaces, one member a line; short lists of plain values stay on theirs.
std::string pretty(const Json& json);

}  // namespace openapi
}  // namespace ponte
