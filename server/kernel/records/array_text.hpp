// Builds PostgreSQL array literals, so that a chunk of rows is one statement with one parameter a
// column.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/db.hpp"

namespace ponte::records {

class ArrayText {
public:
    void add(std::string_view item) {
        begin();
        text_.push_back('"');
        for (const char c : item) {
            if (c == '"' || c == '\\') {
                text_.push_back('\\');
            }
            text_.push_back(c);
        }
        text_.push_back('"');
    }
    void add_null() {
        begin();
        text_ += "NULL";
    }
    void add_cell(const db::Param& param) {
        if (param.text) {
            add(std::string_view(*param.text));
        } else {
            add_null();
        }
    }
    std::string text() && {
        text_ += text_.empty() ? "{}" : "}";
        return std::move(text_);
    }
    db::Param param() && { return db::Param(std::move(*this).text()); }

private:
    void begin() { text_.push_back(text_.empty() ? '{' : ','); }
    std::string text_;
};

}  // namespace ponte::records
