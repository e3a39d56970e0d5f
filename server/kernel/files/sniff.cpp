#include "kernel/files/sniff.hpp"

#include <algorithm>

#include "kernel/entity.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/values.hpp"

namespace ponte::files {
namespace {

using std::string_view_literals::operator""sv;

struct Mark {
    std::size_t at;
    std::string_view bytes, type;
};

constexpr Mark marks[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {4, "ftypavif"sv, "image/avif"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftypqt"sv, "video/quicktime"},
    {4, "ftypM4A"sv, "audio/mp4"},
    {4, "ftyp"sv, "video/mp4"},
    {8, "WAVE"sv, "audio/wav"},
    {8, "AVI "sv, "video/x-msvideo"},
    {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "\xff\xfb"sv, "audio/mpeg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
    {0, "{\\rtf"sv, "application/rtf"},
    {0, "\x1f\x8b"sv, "application/gzip"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
};

// Kinds that are one container: there the ending decides, and nowhere else.
struct Ending {
    std::string_view container, ending, type;
};

constexpr Ending endings[] = {
    {"application/zip", "docx",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"application/zip", "xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"application/zip", "pptx",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"application/zip", "odt", "application/vnd.oasis.opendocument.text"},
    {"application/zip", "ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"application/zip", "odp", "application/vnd.oasis.opendocument.presentation"},
    {"application/x-ole-storage", "doc", "application/msword"},
    {"application/x-ole-storage", "xls", "application/vnd.ms-excel"},
    {"application/x-ole-storage", "ppt", "application/vnd.ms-powerpoint"},
    {"application/x-ole-storage", "msg", "application/vnd.ms-outlook"},
    {"text/plain", "csv", "text/csv"},
    {"text/plain", "ics", "text/calendar"},
    {"text/plain", "vcf", "text/vcard"},
    {"text/plain", "json", "application/json"},
    {"text/plain", "js", "text/javascript"},
    {"text/plain", "mjs", "text/javascript"},
    {"text/plain", "css", "text/css"},
    {"text/plain", "html", "text/html"},
    {"text/plain", "htm", "text/html"},
    {"text/plain", "svg", "image/svg+xml"},
    {"text/plain", "xml", "text/xml"},
    {"text/plain", "xhtml", "text/xml"},
};

std::string_view by_marks(std::string_view bytes) {
    const bool is_riff = bytes.starts_with("RIFF");
    for (const Mark& mark : marks) {
        const bool is_in_riff = mark.at == 8;
        if (is_in_riff == is_riff && bytes.size() > mark.at &&
            bytes.substr(mark.at).starts_with(mark.bytes)) {
            return mark.type;
        }
    }
    return {};
}

// Of a longer file the last letter may have been cut in two.
std::string_view whole_letters(std::string_view bytes) {
    if (bytes.size() < sniffed_bytes) {
        return bytes;
    }
    for (std::size_t i = 0; i < 4 && !bytes.empty() && !is_valid_utf8(bytes); ++i) {
        bytes.remove_suffix(1);
    }
    return bytes;
}

bool is_text(std::string_view bytes) {
    const auto is_binary = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
    };
    return std::ranges::none_of(bytes, is_binary);
}

// Browsers find markup wherever they look for it, so anything that looks like it is taken for it.
std::string_view markup_in(std::string_view text) {
    const std::string words = folded(text.substr(0, 4096));
    const auto says = [&](std::string_view word) { return words.find(word) != words.npos; };
    if (says("<svg")) {
        return "image/svg+xml";
    }
    for (const auto word : {"<!doctype html", "<html", "<script", "<body", "<head", "<iframe"}) {
        if (says(word)) {
            return "text/html";
        }
    }
    return says("<?xml") || says("<!doctype") || says("<!entity") ? "text/xml" : "";
}

constexpr std::string_view shown_types[] = {
    "image/png",       "image/jpeg", "image/gif",  "image/webp", "image/avif",
    "application/pdf", "text/plain", "text/csv",   "audio/mpeg", "audio/ogg",
    "audio/wav",       "audio/mp4",  "audio/flac", "video/mp4",  "video/webm"};

}  // namespace

std::string sniff(std::string_view beginning, std::string_view name) {
    const std::string_view bytes = beginning.substr(0, sniffed_bytes);
    std::string_view type = by_marks(bytes);
    if (type.empty() && is_text(bytes)) {
        const std::string_view markup = markup_in(bytes);
        const bool is_utf8 = is_valid_utf8(whole_letters(bytes));
        type = !markup.empty() ? markup : is_utf8 ? "text/plain" : "";
    }
    if (type.empty()) {
        return "application/octet-stream";
    }
    const std::string ending = ending_of(name);
    for (const Ending& one : endings) {
        if (one.container == type && one.ending == ending) {
            return std::string(one.type);
        }
    }
    return std::string(type);
}

bool may_be_shown(std::string_view type) {
    return std::ranges::find(shown_types, type) != std::end(shown_types);
}

// Those that browsers draw by themselves: an avatar that nobody sees is none.
std::string_view kind_of(std::string_view type) {
    if (type == "application/pdf") {
        return "pdf";
    }
    return type.starts_with("image/") && may_be_shown(type) ? "image" : "";
}

bool is_accepted(std::string_view accepted, std::string_view type) {
    return accepted.empty() || is_one_of(accepted, kind_of(type));
}

}  // namespace ponte::files
