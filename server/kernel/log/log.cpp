#include "kernel/log.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <ctime>

namespace ponte::log {
namespace {

// Set once by main, read by every thread.
std::atomic<Level> least_level{Level::info};
std::atomic<bool> is_for_people{false};

constexpr std::string_view names[] = {"debug", "info", "warning", "error"};

std::string_view name_of(Level level) { return names[static_cast<std::size_t>(level)]; }

void append_time(std::string& line, const char* format) {
    using namespace std::chrono;
    const auto now = system_clock::now();
    const std::time_t seconds = system_clock::to_time_t(now);
    const auto ms = duration_cast<milliseconds>(now.time_since_epoch()).count() % 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    line.append(text, std::strftime(text, sizeof(text), format, &parts));
    line += '.';
    line += static_cast<char>('0' + ms / 100);
    line += static_cast<char>('0' + ms / 10 % 10);
    line += static_cast<char>('0' + ms % 10);
}

// What comes from outside may not move a person's cursor or fake a line of its own.
void append_plain(std::string& line, std::string_view text) {
    for (const char c : text) {
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
}

std::string json_line(Level level, std::string_view message, std::initializer_list<Field> fields) {
    std::string line = "{\"time\":\"";
    append_time(line, "%Y-%m-%dT%H:%M:%S");
    line += "Z\",\"level\":\"";
    line += name_of(level);
    line += "\",\"message\":";
    append_json_string(line, message);
    for (const auto& [name, value] : fields) {
        line += ',';
        append_json_string(line, name);
        line += ':';
        value.dump_to(line);
    }
    line += "}\n";
    return line;
}

std::string text_line(Level level, std::string_view message, std::initializer_list<Field> fields) {
    std::string line;
    append_time(line, "%H:%M:%S");
    line += ' ';
    line += name_of(level);
    line += ' ';
    append_plain(line, message);
    for (const auto& [name, value] : fields) {
        line += ' ';
        line += name;
        line += '=';
        append_plain(line, value.is_string() ? value.as_string() : value.dump());
    }
    line += '\n';
    return line;
}

}  // namespace

void set_level(Level level) { least_level = level; }

Level parse_level(std::string_view text) {
    for (std::size_t i = 0; i < std::size(names); ++i) {
        if (names[i] == text) {
            return static_cast<Level>(i);
        }
    }
    return text == "warn" ? Level::warning : Level::info;
}

void set_text_format(bool is_text) { is_for_people = is_text; }

void write(Level level, std::string_view message, std::initializer_list<Field> fields) {
    if (level < least_level.load(std::memory_order_relaxed)) {
        return;
    }
    const std::string line = is_for_people.load(std::memory_order_relaxed)
                                 ? text_line(level, message, fields)
                                 : json_line(level, message, fields);
    // One system call a line, so that lines of several threads do not mix.
    std::string_view rest = line;
    while (!rest.empty()) {
        const auto written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            return;  // nobody reads the log: serving goes on
        }
        rest.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

}  // namespace ponte::log
