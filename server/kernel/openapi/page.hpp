// The documentation for people: one page of HTML, made from the document in the reader's language.
// It is complete without its script, which adds the search and the forms for trying things.
#pragma once

#include <string>
#include <string_view>

#include "kernel/json.hpp"
#include "kernel/words.hpp"

namespace ponte::openapi {

std::string page(const Json& document, Language language);

// The parts of the page.
std::string with_code(std::string_view text);  // escaped, with `code` marked as such
std::string operations_html(const Json& document, Language language);
std::string schemas_html(const Json& document, Language language);
std::string guide_html(Language language);

// A value that a schema would take, as it is sent or as it is answered.
enum class Sent { no, yes };
Json example_of(const Json& document, const Json& schema, Sent sent = Sent::no);
// "text or null", "list of Contact": how a schema is said in one phrase, as HTML.
std::string kind_html(const Json& schema, Language language);
// Titles, options, limits, as HTML.
std::string remarks_html(const Json& schema, Language language);

}  // namespace ponte::openapi
