// Addresses of people and of pages.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical email_of(const Typed& typed, const Locale&) { return from_read(read_email(typed.text)); }

Canonical url_of(const Typed& typed, const Locale&) { return from_read(read_url(typed.text)); }

Canonical url_of_cell(const Typed& typed, const Locale&) {
    const std::string_view text = typed.text;
    if (text.find("://") == text.npos) {
        const bool looks_like_host = text.find('.') != text.npos && text.find('@') == text.npos;
        return looks_like_host ? from_read(read_url("https://" + std::string(text)))
                               : wrong("format");
    }
    return from_read(read_url(text));
}

}  // namespace

constinit const FieldType email_type{
    .type = Type::email,
    .name = "email",
    .of_typed = email_of,
    .match_key = email_match_key,
    .identity = Identity::likely,
    .bounded = Bounded::by_length,
    .compared = Compared::as_text,
    .told = Told::below_as_last,
    .format = "email",
    .readable = Readable::mail_address,
    .may_be_custom = true,
    .longest_custom = 2'000,
};

constinit const FieldType url_type{
    .type = Type::url,
    .name = "url",
    .of_typed = url_of,
    .of_cell = url_of_cell,
    .bounded = Bounded::by_length,
    .compared = Compared::as_text,
    .format = "uri",
    .readable = Readable::web_address,
    .may_be_custom = true,
    .longest_custom = 2'000,
};

}  // namespace ponte::values
