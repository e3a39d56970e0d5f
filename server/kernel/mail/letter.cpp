#include "kernel/mail/letter.hpp"

#include "kernel/values/html.hpp"

namespace ponte::mail {
namespace {

// Readers of mail know tables and inline styles, and little else.
constexpr std::string_view head =
    "<!doctype html><html><body style=\"margin:0;background:#f4f5f7;font-family:Helvetica,Arial,"
    "sans-serif;color:#1f2430\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
    "cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:32px 16px\"><table "
    "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
    "style=\"max-width:520px;background:#ffffff;border-radius:12px\"><tr><td "
    "style=\"padding:32px\">";
constexpr std::string_view tail = "</td></tr></table></td></tr></table></body></html>";
constexpr std::string_view paragraph =
    "<p style=\"margin:0 0 16px;font-size:16px;line-height:24px\">";
constexpr std::string_view small =
    "<p style=\"margin:24px 0 0;font-size:13px;line-height:20px;color:#5c6370\">";

}  // namespace

std::string text_of(const Mail& mail) {
    std::string text;
    for (const std::string& one : mail.paragraphs) {
        text += one + "\n\n";
    }
    if (!mail.link.empty()) {
        text += mail.button + ": " + mail.link + "\n\n";
    }
    return text + mail.footer + "\n";
}

std::string html_of(const Mail& mail) {
    std::string html(head);
    for (const std::string& one : mail.paragraphs) {
        html += std::string(paragraph) + escaped_html(one) + "</p>";
    }
    if (!mail.link.empty()) {
        html +=
            "<p style=\"margin:24px 0\"><a href=\"" + escaped_html(mail.link) +
            "\" style=\"display:inline-block;background:#0b6e5f;color:#ffffff;padding:12px 20px;"
            "border-radius:8px;text-decoration:none;font-size:16px\">" +
            escaped_html(mail.button) + "</a></p>" + std::string(small) + escaped_html(mail.link) +
            "</p>";
    }
    if (!mail.footer.empty()) {
        html += std::string(small) + escaped_html(mail.footer) + "</p>";
    }
    return html + std::string(tail);
}

}  // namespace ponte::mail
