#include "kernel/words.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "kernel/embedded.hpp"
#include "kernel/values.hpp"

namespace ponte {
namespace {

constexpr std::size_t most_made_up = 10'000;

struct Entry {
    std::string pt, en, file;
};

// "conversion_rate" → "Conversion rate"
std::string made_readable(std::string_view key) {
    const auto dot = key.rfind('.');
    std::string out = snake_case(dot == key.npos ? key : key.substr(dot + 1));
    for (char& c : out) {
        c = c == '_' || c == '-' ? ' ' : c;
    }
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    }
    return out;
}

std::string shown_parameter(const Json& value) {
    if (value.is_string()) {
        return value.as_string();
    }
    if (!value.is_array()) {
        return value.dump();
    }
    std::string out;
    for (const Json& item : value.items()) {
        out += (out.empty() ? "" : ", ") + shown_parameter(item);
    }
    return out;
}

}  // namespace

struct Words::Parts {
    std::map<std::string, Entry, std::less<>> entries;
    std::string defects;
    // Texts that nobody wrote; they must live as long as the views that are handed out.
    mutable std::mutex mutex;
    mutable std::unordered_map<std::string, std::unique_ptr<const std::string>> made_up;

    void read(std::string_view file, const Json& words) {
        for (const auto& [key, texts] : words.members()) {
            Entry entry{texts["pt"].as_string(), texts["en"].as_string(), std::string(file)};
            if (entry.pt.empty() || entry.en.empty()) {
                defects += key + " lacks a language in " + entry.file + "\n";
            }
            const auto [existing, is_new] = entries.emplace(key, entry);
            if (!is_new) {
                defects +=
                    key + " stands in " + existing->second.file + " and in " + entry.file + "\n";
            }
        }
    }

    std::string_view make_up(std::string_view key) const {
        const std::scoped_lock lock(mutex);
        const auto found = made_up.find(std::string(key));
        if (found != made_up.end()) {
            return *found->second;
        }
        if (made_up.size() >= most_made_up) {  // keys from outside must not fill the memory
            return key;
        }
        auto text = std::make_unique<const std::string>(made_readable(key));
        return *made_up.emplace(std::string(key), std::move(text)).first->second;
    }
};

namespace {

// "en-US;q=0.8" → "en"
std::string primary_tag(std::string_view item) {
    const auto begin = item.find_first_not_of(" \t");
    item.remove_prefix(begin == item.npos ? item.size() : begin);
    std::string tag(item.substr(0, item.find_first_of("-_; \t")));
    for (char& c : tag) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return tag;
}

}  // namespace

// The first language that we have: browsers list them by preference.
Language parse_language(std::string_view accept_language) {
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        const std::string tag = primary_tag(accept_language.substr(0, comma));
        if (tag == "pt" || tag == "en") {
            return tag == "en" ? Language::en : Language::pt;
        }
        if (comma == accept_language.npos) {
            break;
        }
        accept_language.remove_prefix(comma + 1);
    }
    return Language::pt;
}

std::string_view language_code(Language language) {
    return language == Language::en ? "en" : "pt-BR";
}

Words::Words() {
    auto parts = std::make_unique<Parts>();
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path.starts_with("words/")) {
            parts->read(file.path, Json::parse(file.bytes));
        }
    }
    parts_ = parts.release();  // lives as long as the program: views of its texts are everywhere
}

const Words& Words::all() {
    static const Words words;
    return words;
}

std::string_view Words::find(Language language, std::string_view key) const {
    const auto found = parts_->entries.find(key);
    if (found == parts_->entries.end()) {
        return {};
    }
    return language == Language::en ? found->second.en : found->second.pt;
}

std::string_view Words::text(Language language, std::string_view key) const {
    const auto written = find(language, key);
    return written.empty() ? parts_->make_up(key) : written;
}

std::string Words::format(Language language, std::string_view key, const Json& params) const {
    std::string_view text = this->text(language, key);
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = text.find('}', open == text.npos ? 0 : open);
        out.append(text.substr(0, open));
        if (open == text.npos || close == text.npos) {
            out.append(open == text.npos ? std::string_view{} : text.substr(open));
            break;
        }
        const auto name = text.substr(open + 1, close - open - 1);
        const Json* value = params.find(name);
        out += value ? shown_parameter(*value) : std::string(text.substr(open, close - open + 1));
        text.remove_prefix(close + 1);
    }
    return out;
}

std::string Words::defects() const { return parts_->defects; }

bool Words::has(std::string_view key) const { return parts_->entries.contains(key); }

}  // namespace ponte
