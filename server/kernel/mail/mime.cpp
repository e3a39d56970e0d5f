#include "kernel/mail/mime.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace ponte::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

std::string on_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return text;
}

// Always UTF-8: gmime's own text part would choose the smallest character set that fits.
Owned<GMimePart> body(const char* subtype, const std::string& text) {
    Owned<GMimePart> part(g_mime_part_new_with_type("text", subtype));
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    const Owned<GMimeStream> bytes(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const Owned<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(bytes.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

void address(GMimeMessage* message, GMimeAddressType type, const std::string& name,
             const std::string& email) {
    const std::string clean = on_one_line(name);
    g_mime_message_add_mailbox(message, type, clean.empty() ? nullptr : clean.c_str(),
                               on_one_line(email).c_str());
}

void set_date(GMimeMessage* message, Time at) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
    GDateTime* date = g_date_time_new_from_unix_utc(seconds);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
}

}  // namespace

std::string mime_of(const Letter& letter) {
    static std::once_flag once;
    std::call_once(once, g_mime_init);
    Owned<GMimeMessage> message(g_mime_message_new(TRUE));
    address(message.get(), GMIME_ADDRESS_TYPE_FROM, letter.from_name, letter.from);
    address(message.get(), GMIME_ADDRESS_TYPE_TO, letter.to_name, letter.to);
    g_mime_message_set_subject(message.get(), on_one_line(letter.subject).c_str(), "utf-8");
    g_mime_message_set_message_id(message.get(), letter.message_id.c_str());
    set_date(message.get(), letter.at);
    // Nobody's answering machine answers it.
    g_mime_object_set_header(GMIME_OBJECT(message.get()), "Auto-Submitted", "auto-generated",
                             nullptr);
    Owned<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
    const auto plain = body("plain", letter.text), formatted = body("html", letter.html);
    g_mime_multipart_add(both.get(), GMIME_OBJECT(plain.get()));
    g_mime_multipart_add(both.get(), GMIME_OBJECT(formatted.get()));
    g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(both.get()));

    GMimeFormatOptions* format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char* text = g_mime_object_to_string(GMIME_OBJECT(message.get()), format);
    std::string mime(text);
    g_free(text);
    g_mime_format_options_free(format);
    return mime;
}

}  // namespace ponte::mail
