#include "kernel/files/sniff.hpp"

#include <gtest/gtest.h>

namespace ponte::files {
namespace {

using std::string_view_literals::operator""sv;

TEST(SniffTest, knows_a_file_by_its_bytes) {
    const struct {
        std::string_view bytes, name, type;
    } rows[] = {
        {"\x89PNG\r\n\x1a\n...."sv, "x.pdf", "image/png"},
        {"\xff\xd8\xff\xe0"sv, "foto", "image/jpeg"},
        {"RIFF\x10\0\0\0WEBPVP8 "sv, "a.webp", "image/webp"},
        {"RIFF\x10\0\0\0WAVEfmt "sv, "a.wav", "audio/wav"},
        {"%PDF-1.7"sv, "proposta.pdf", "application/pdf"},
        {"PK\x03\x04...."sv, "tudo.zip", "application/zip"},
        {"PK\x03\x04...."sv, "plano.xlsx",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "velho.doc", "application/msword"},
        {"\0\0\0\x18"
         "ftypmp42"sv,
         "a.mp4", "video/mp4"},
        {"nome;email\nAna;a@b.c"sv, "lista.csv", "text/csv"},
        {"só texto"sv, "nota.txt", "text/plain"},
        {"alert(1)"sv, "x.js", "text/javascript"},
        {"\0\x01\x02"sv, "x.txt", "application/octet-stream"},
        {"ol\xe1"sv, "latin.txt", "application/octet-stream"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(sniff(row.bytes, row.name), row.type);
    }
}

TEST(SniffTest, takes_for_markup_whatever_a_browser_could) {
    EXPECT_EQ(sniff("<html><script>alert(1)</script>", "foto.png"), "text/html");
    EXPECT_EQ(sniff("  \n<!DOCTYPE HTML>", "nota.txt"), "text/html");
    EXPECT_EQ(sniff("texto antes <SCRIPT>", "nota.txt"), "text/html");
    EXPECT_EQ(sniff("<?xml version=\"1.0\"?><svg onload=\"x\">", "a.png"), "image/svg+xml");
    EXPECT_EQ(sniff("<?xml version=\"1.0\"?><a/>", "nota.xml"), "text/xml");
    EXPECT_EQ(sniff("oi", "pagina.html"), "text/html");
    for (const char* type : {"text/html", "image/svg+xml", "text/xml", "text/javascript",
                             "application/octet-stream", "application/zip"}) {
        EXPECT_FALSE(may_be_shown(type)) << type;
    }
}

TEST(SniffTest, a_letter_that_is_cut_in_two_at_the_end_of_what_was_read_is_text) {
    std::string text(sniffed_bytes - 1, 'a');
    text += "\xc3\xa7";

    EXPECT_EQ(sniff(text, "a.txt"), "text/plain");
}

TEST(SniffTest, fields_accept_by_kind) {
    EXPECT_TRUE(is_accepted("", "application/zip"));
    EXPECT_TRUE(is_accepted("image | pdf", "application/pdf"));
    EXPECT_TRUE(is_accepted("image", "image/png"));
    EXPECT_FALSE(is_accepted("image", "application/pdf"));
    EXPECT_FALSE(is_accepted("image", "image/svg+xml")) << "it may hold scripts";
    EXPECT_FALSE(is_accepted("image", "image/heic")) << "no browser of most people draws it";
}

}  // namespace
}  // namespace ponte::files
