// The kernel is a house: who lives on a floor knows those on it and below, never those above. What
// must be asked upwards is asked through a name (Services, Announcer, Followers, People).
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

// By the first word below kernel/: a room (folder and header of one name) or a file.
const std::map<std::string, int, std::less<>>& floors() {
    static const std::map<std::string, int, std::less<>> all = [] {
        const std::vector<std::vector<std::string_view>> by_floor = {
            // values
            {"embedded", "error", "fields_macro", "id", "json", "json_parse", "log", "task",
             "values", "words"},
            // declarations, and the names that everybody is asked by
            {"action", "entity", "entity_rights", "field", "services"},
            // database, HTTP
            {"auth", "blocking_pool", "db", "http", "loop", "loop_watch", "rights", "route",
             "signature", "spreadsheets", "storage"},
            // requests and jobs under way, events, listeners, who works here
            {"app", "audit", "ctx", "events", "integration", "job_groups", "jobs", "listeners",
             "notification", "oauth", "outbound", "pacing", "people", "push", "sweeping"},
            // records
            {"entities", "files", "form_fields", "lists", "past", "records", "secrets", "settings"},
            // long work
            {"exports", "imports", "inbound", "mail", "notifications", "print", "work"},
            // requests, realtime, documentation, what administrators watch
            {"monitor", "openapi", "realtime", "requests", "upkeep"},
            // the program
            {"kernel", "testing"},
        };
        std::map<std::string, int, std::less<>> found;
        for (std::size_t floor = 0; floor < by_floor.size(); ++floor) {
            for (const std::string_view room : by_floor[floor]) {
                found.emplace(room, static_cast<int>(floor));
            }
        }
        return found;
    }();
    return all;
}

// "kernel/records/write.hpp" → "records", "kernel/ctx.hpp" → "ctx"
std::string room_of(std::string_view path) {
    path.remove_prefix(std::string_view("kernel/").size());
    return std::string(path.substr(0, path.find_first_of("/.")));
}

std::optional<int> floor_of(std::string_view path) {
    const auto found = floors().find(room_of(path));
    return found == floors().end() ? std::nullopt : std::optional(found->second);
}

// What App declares into is above what it says: its implementation is the program's.
bool is_of_the_program(const Source& source) { return source.ends_with("kernel/app.cpp"); }

std::vector<std::string> kernel_includes(const Source& source) {
    std::vector<std::string> found;
    constexpr std::string_view start = "#include \"kernel/";
    for (const std::string& line : source.lines) {
        if (line.starts_with(start)) {
            const std::size_t from = std::string_view("#include \"").size();
            found.push_back(line.substr(from, line.find('"', from) - from));
        }
    }
    return found;
}

void look_up(const Source& source, Findings& out) {
    const std::string path = source.path.substr(std::string_view("server/").size());
    const std::optional<int> own = floor_of(path);
    if (!own) {
        out.push_back(source.path + " lives on no floor");
        return;
    }
    for (const std::string& included : kernel_includes(source)) {
        const std::optional<int> other = floor_of(included);
        if (!other || (*other > *own && !is_of_the_program(source))) {
            out.push_back(source.path + " includes " + included);
        }
    }
}

TEST(TidyFloorsTest, nobody_in_the_kernel_looks_up) {
    std::vector<const Source*> kernel;
    for (const Source* source : cpp_sources()) {
        if (source->is_below("server/kernel/") && !source->is_test()) {
            kernel.push_back(source);
        }
    }

    ASSERT_GT(kernel.size(), 100U);
    expect_none(
        find_in(kernel, look_up),
        "move it to the floor that it needs, or ask upwards through a name of services.hpp; "
        "a new room is given its floor here.");
}

TEST(TidyFloorsTest, modules_see_the_faces_of_the_kernel) {
    const Findings findings = find_in(cpp_sources(), [](const Source& source, Findings& out) {
        if (!source.is_below("server/modules/") && !source.is_below("server/integrations/")) {
            return;
        }
        for (const std::string& included : kernel_includes(source)) {
            const bool is_inside =
                included.find('/', std::string_view("kernel/").size()) != std::string::npos;
            const bool is_kit = source.is_test() && included.starts_with("kernel/testing/");
            if (is_inside && !is_kit) {
                out.push_back(source.path + " includes " + included);
            }
        }
    });

    expect_none(findings, "include kernel/<name>.hpp; what is missing there is added there.");
}

TEST(TidyRulesTest, see_who_looks_up) {
    Findings findings;
    look_up(Source("server/kernel/jobs/run.cpp", "#include \"kernel/realtime.hpp\"\n"), findings);
    look_up(Source("server/kernel/jobs/run.cpp", "#include \"kernel/db/pool.hpp\"\n"), findings);
    look_up(Source("server/kernel/cellar/x.cpp", ""), findings);

    EXPECT_EQ(findings, (Findings{"server/kernel/jobs/run.cpp includes kernel/realtime.hpp",
                                  "server/kernel/cellar/x.cpp lives on no floor"}));
}

}  // namespace
}  // namespace ponte::tidy
