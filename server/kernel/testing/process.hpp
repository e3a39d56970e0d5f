// The real program, for tests that kill it: started on a data directory, killed, started again.
// Its path comes from the environment (PONTE_PROGRAM), as cmake sets it for every test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "kernel/testing/temporary_directory.hpp"

namespace ponte::testing {

// True when there is a program to start; a test without one skips.
bool has_program();

class Process {
public:
    using Arguments = std::vector<std::string>;

    // `ponte serve --data DIR --listen 127.0.0.1:0` and what is added here.
    explicit Process(std::string data_dir, Arguments more = {});
    ~Process();  // kills it, and the database that it leaves behind
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void wait_until_ready();         // the line `ready http://…`; throws with its output
    const std::string& url() const;  // after wait_until_ready
    pid_t pid() const;
    pid_t postmaster() const;  // of the embedded database; 0 when there is none
    bool is_running();
    void signal(int number);
    void kill();  // -9, and waits for its end
    // Asks it to stop; its exit code, or -1 when it had to be killed after the deadline.
    int stop(std::chrono::milliseconds deadline = std::chrono::milliseconds{30'000});
    int wait(std::chrono::milliseconds deadline);  // for its own end
    std::string output() const;                    // standard output and error so far

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte::testing
