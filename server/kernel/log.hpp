// JSON lines on standard output: {"time","level","message", …fields}. Never a secret, never a body.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "kernel/json.hpp"

namespace ponte::log {

enum class Level { debug, info, warning, error };
using Field = std::pair<std::string_view, Json>;

void set_level(Level level);
Level parse_level(std::string_view text);  // LOG_LEVEL; unknown means info
void set_text_format(bool is_text);        // PONTE_LOG=text: for a person at a terminal
void write(Level level, std::string_view message, std::initializer_list<Field> fields = {});

inline void debug(std::string_view m, std::initializer_list<Field> f = {}) {
    write(Level::debug, m, f);
}
inline void info(std::string_view m, std::initializer_list<Field> f = {}) {
    write(Level::info, m, f);
}
inline void warning(std::string_view m, std::initializer_list<Field> f = {}) {
    write(Level::warning, m, f);
}
inline void error(std::string_view m, std::initializer_list<Field> f = {}) {
    write(Level::error, m, f);
}

}  // namespace ponte::log
