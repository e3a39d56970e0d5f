#include "kernel/spreadsheets/xml.hpp"

#include <expat.h>

namespace ponte::spreadsheets {
namespace {

std::string_view local(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

struct Parsing {
    XML_Parser parser;
    XmlHandler& handler;

    void stop_if_wanted() {
        if (!handler.trouble.empty()) {
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

void begin(void* self, const char* name, const char** attributes) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.handler.begin(local(name), Attributes(attributes));
    parsing.stop_if_wanted();
}

void end(void* self, const char* name) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.handler.end(local(name));
    parsing.stop_if_wanted();
}

void text(void* self, const char* data, int size) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.handler.text({data, static_cast<std::size_t>(size)});
    parsing.stop_if_wanted();
}

void refuse(void* self, const char*, const char*, const char*, int) {
    auto& parsing = *static_cast<Parsing*>(self);
    parsing.handler.trouble = "broken";
    parsing.stop_if_wanted();
}

}  // namespace

std::string_view Attributes::get(std::string_view name) const {
    for (const char** at = all_; *at; at += 2) {
        if (local(at[0]) == name) {
            return at[1];
        }
    }
    return {};
}

Trouble read_xml(const Archive& archive, const std::string& part, std::uint64_t most_bytes,
                 XmlHandler& handler) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate(nullptr), &XML_ParserFree);
    Parsing parsing{parser.get(), handler};
    XML_SetUserData(parser.get(), &parsing);
    XML_SetElementHandler(parser.get(), begin, end);
    XML_SetCharacterDataHandler(parser.get(), text);
    XML_SetStartDoctypeDeclHandler(parser.get(), refuse);
    const auto take = [&](std::string_view block) -> Trouble {
        const int size = static_cast<int>(block.size());
        const bool is_well = XML_Parse(parser.get(), block.data(), size, 0) == XML_STATUS_OK;
        return !handler.trouble.empty() ? handler.trouble : is_well ? "" : "broken";
    };
    if (const Trouble trouble = archive.read(part, most_bytes, take); !trouble.empty()) {
        return trouble;
    }
    const bool is_whole = XML_Parse(parser.get(), "", 0, 1) == XML_STATUS_OK;
    return !handler.trouble.empty() ? handler.trouble : is_whole ? "" : "broken";
}

}  // namespace ponte::spreadsheets
