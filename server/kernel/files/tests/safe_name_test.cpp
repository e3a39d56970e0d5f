#include "kernel/files/safe_name.hpp"

#include <gtest/gtest.h>

#include "kernel/values.hpp"

namespace ponte::files {
namespace {

TEST(SafeNameTest, keeps_what_people_call_their_files) {
    for (const char* name : {"Proposta final (2).pdf", "Ação & Cia – orçamento.xlsx", "報告書.docx",
                             "sem ponto", "a.tar.gz", "Ω’s notes.txt"}) {
        EXPECT_EQ(safe_name(name), name);
    }
}

TEST(SafeNameTest, is_never_a_path_nor_a_trick) {
    const struct {
        const char *what, *sent, *name;
    } rows[] = {
        {"a path", "../../etc/passwd", "passwd"},
        {"a path of windows", "C:\\Users\\ana\\nota.pdf", "nota.pdf"},
        {"nothing but a path", "../..", "arquivo"},
        {"hidden", ".htaccess", "htaccess"},
        {"control characters", "a\r\nSet-Cookie: x\t\x7f.pdf", "aSet-Cookie_ x.pdf"},
        {"written backwards",
         "foto\xe2\x80\xae"
         "gpj.exe",
         "fotogpj.exe"},
        {"isolates",
         "\xe2\x81\xa6"
         "a\xe2\x81\xa9.pdf",
         "a.pdf"},
        {"no width",
         "a\xe2\x80\x8b"
         "b\xef\xbb\xbf.pdf",
         "ab.pdf"},
        {"what shells and disks mind", "a<b>:\"c\"|d?*.pdf", "a_b___c__d__.pdf"},
        {"dots and blanks at its ends", "  nota.pdf. . ", "nota.pdf"},
        {"no UTF-8", "\xff\xfe.pdf", "arquivo"},
        {"half a letter", "a\xe2\x80", "arquivo"},
        {"nothing", "", "arquivo"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(safe_name(row.sent), row.name);
    }
}

TEST(SafeNameTest, is_bounded_and_keeps_its_ending) {
    std::string sent;
    for (int i = 0; i < 400; ++i) {
        sent += "ã";
    }

    const std::string name = safe_name(sent + ".pdf");

    EXPECT_EQ(utf8_length(name), longest_name);
    EXPECT_TRUE(name.ends_with("ã.pdf"));
    EXPECT_EQ(utf8_length(safe_name(std::string(5'000, 'x'))), longest_name);
}

TEST(SafeNameTest, tells_browsers_in_both_ways) {
    EXPECT_EQ(content_disposition(Shown::in_place, "nota.pdf"),
              "inline; filename=\"nota.pdf\"; filename*=UTF-8''nota.pdf");
    EXPECT_EQ(content_disposition(Shown::as_download, "ação \"1\" 50%.pdf"),
              "attachment; filename=\"a____o _1_ 50_.pdf\"; "
              "filename*=UTF-8''a%C3%A7%C3%A3o%20%221%22%2050%25.pdf");
}

TEST(SafeNameTest, finds_endings) {
    EXPECT_EQ(ending_of("Proposta.PDF"), "pdf");
    EXPECT_EQ(ending_of("a.tar.gz"), "gz");
    EXPECT_EQ(ending_of("nada"), "");
    EXPECT_EQ(ending_of(".bashrc"), "");
    EXPECT_EQ(ending_of("fim."), "");
}

}  // namespace
}  // namespace ponte::files
