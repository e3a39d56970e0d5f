// One XML part told element by element (expat). Names come without their prefix: strict and
// transitional workbooks, and those of other programs, differ in nothing else.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/spreadsheets/archive.hpp"

namespace ponte::spreadsheets {

class Attributes {
public:
    explicit Attributes(const char** all) : all_(all) {}
    std::string_view get(std::string_view name) const;  // empty when there is none

private:
    const char** all_;
};

class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void begin(std::string_view name, const Attributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;

    Trouble trouble;  // set by whoever has had enough: no more is told
};

// A part with a document type of its own is refused: workbooks have none, bombs do.
Trouble read_xml(const Archive& archive, const std::string& part, std::uint64_t most_bytes,
                 XmlHandler& handler);

}  // namespace ponte::spreadsheets
