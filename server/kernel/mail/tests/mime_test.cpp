// What goes over the line, whatever stands in it.
#include "kernel/mail/mime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ponte::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Letter letter() {
    return {"crm@exemplo.com.br",
            "Padaria Aurora",
            "jo@cliente.com.br",
            "João",
            "Convite para a equipe — ação!",
            "Olá, João.\n",
            "<p>Olá, João.</p>",
            "018f@exemplo.com.br",
            *parse_time("2026-11-28T12:00:00Z")};
}

TEST(Mime, says_who_to_whom_and_when) {
    const std::string mime = mime_of(letter());

    EXPECT_THAT(mime, HasSubstr("From: Padaria Aurora <crm@exemplo.com.br>\r\n"));
    EXPECT_THAT(mime, HasSubstr("<jo@cliente.com.br>\r\n"));
    EXPECT_THAT(mime, HasSubstr("Message-Id: <018f@exemplo.com.br>\r\n"));
    EXPECT_THAT(mime, HasSubstr("Date: Sat, 28 Nov 2026 12:00:00 +0000\r\n"));
    EXPECT_THAT(mime, HasSubstr("Auto-Submitted: auto-generated\r\n"));
    EXPECT_THAT(mime, HasSubstr("multipart/alternative"));
    EXPECT_THAT(mime, HasSubstr("Ol=C3=A1, Jo=C3=A3o."));
}

TEST(Mime, is_ascii_in_short_lines) {
    Letter long_one = letter();
    long_one.text = std::string(5'000, 'x') + "\n";
    long_one.subject = std::string(300, 'a') + " é " + std::string(300, 'b');

    const std::string mime = mime_of(long_one);

    std::size_t begin = 0;
    while (begin < mime.size()) {
        const std::size_t end = mime.find("\r\n", begin);
        ASSERT_NE(end, mime.npos) << "a line without CRLF";
        EXPECT_LE(end - begin, 998u);
        begin = end + 2;
    }
    for (const char c : mime) {
        ASSERT_LT(static_cast<unsigned char>(c), 0x80);
    }
}

TEST(Mime, lets_nobody_write_a_header_of_their_own) {
    Letter hostile = letter();
    hostile.to_name = "João\r\nBcc: todos@exemplo.com";
    hostile.subject = "Oi\r\nX-Evil: 1\r\n\r\ncorpo";

    const std::string mime = mime_of(hostile);

    EXPECT_THAT(mime, Not(HasSubstr("\r\nBcc:")));
    EXPECT_THAT(mime, Not(HasSubstr("\r\nX-Evil:")));
}

}  // namespace
}  // namespace ponte::mail
