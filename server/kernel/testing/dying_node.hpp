// This test program once more, as a node on a database that runs one of its disabled tests, and
// kills itself there where it is told.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace ponte::testing {

class DyingNode {
public:
    // `dies`: "written 3", the third time that its test says die_if("written").
    DyingNode(const std::string& test, const std::string& conninfo, const std::string& dies);
    ~DyingNode();
    DyingNode(const DyingNode&) = delete;
    DyingNode& operator=(const DyingNode&) = delete;

    bool dies();  // waits for its end: whether it was killed

private:
    pid_t pid_ = 0;
};

// For the disabled test. It goes with the program that started it; the conninfo that it was given.
std::string life_of_a_node();
void die_if(std::string_view here);

}  // namespace ponte::testing
