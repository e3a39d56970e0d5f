// Every text that the server says, in both languages, from the words.json beside each module.
// Keys: "contact", "contact.plural", "contact.phone", "contact.status.active", "error.taken",
// "error.contact.not_found", "title.validation". `{name}` in a text is replaced by a parameter.
#pragma once

#include <string>
#include <string_view>

#include "kernel/json.hpp"

namespace ponte {

enum class Language { pt, en };
Language parse_language(
    std::string_view accept_language);              // the header, or "pt-BR", "en"; default pt
std::string_view language_code(Language language);  // "pt-BR" or "en"

// Loaded once from the embedded files at start; read-only afterwards.
class Words {
public:
    static const Words& all();
    // The text, or the last part of the key made readable when nobody wrote one.
    std::string_view text(Language language, std::string_view key) const;
    std::string_view find(Language language, std::string_view key) const;  // empty when absent
    std::string format(Language language, std::string_view key, const Json& params) const;
    // Keys that lack one of the languages or stand twice; a test wants none.
    std::string defects() const;
    bool has(std::string_view key) const;

private:
    Words();
    struct Parts;
    const Parts* parts_;
};

// What a reader is told about one problem of a field: "error.<entity>.<field>.<code>", then
// "error.<code>".
struct FieldProblem;
std::string problem_text(Language language, std::string_view entity, const FieldProblem& problem);

struct Error;
// The body of application/problem+json (style §5).
std::string problem_json(const Error& error, Language language, std::string_view request_id,
                         std::string_view entity = {});

}  // namespace ponte
