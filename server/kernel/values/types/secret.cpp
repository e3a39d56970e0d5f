// What opens another system: taken as it is given, kept sealed (records/sealed.hpp), never told.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

// A blank at its end may belong to it; a line break there is what copying brings along.
Canonical of_json(const Json& input, const Locale&) {
    if (!input.is_string()) {
        return wrong("type");
    }
    std::string_view text = input.as_string();
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return text.empty() ? Canonical{} : plain_text(text, Lines::many);
}

// There is one: nothing else is said of it. What is no value, as a bound, is shown as it is.
Json shown(const Json& canonical) {
    return canonical.is_string() ? Json::object({{"set", true}}) : canonical;
}

// Nobody writes one in a file, a filter or a declaration.
Canonical of_typed(const Typed&, const Locale&) { return wrong("format"); }

}  // namespace

constinit const FieldType secret_type{
    .type = Type::secret,
    .name = "secret",
    .of_json = of_json,
    .of_typed = of_typed,
    .shown = shown,
    .bounded = Bounded::by_length,
    .written = Written::bare,  // {"set": true}
    .is_large = true,
    .is_sealed = true,
    .schema = "string",
};

}  // namespace ponte::values
