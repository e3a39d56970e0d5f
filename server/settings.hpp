// Configuration: a flag wins over the environment, the environment over the file (`--config FILE`,
// else <data>/ponte.conf, lines of NAME=value with the environment's names).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/services.hpp"

namespace ponte {

// A command line that says something we do not understand; the text is for a person.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The words of a command: `--name value`, `--name=value`, `--switch`, and the rest in order.
class Arguments {
public:
    Arguments(int count, char** words);
    std::string command;
    std::vector<std::string> rest;
    // Empty when it was not given; throws UsageError when its value is missing.
    std::string take(std::string_view name);
    bool take_switch(std::string_view name);
    // Throws UsageError naming what nobody asked for.
    void require_nothing_else() const;

private:
    std::vector<std::string> words_;
};

Settings read_settings(Arguments& arguments);

}  // namespace ponte
