// Declarations and tables say the same, in the database that the migrations make.
#include <gtest/gtest.h>

#include "kernel/entities/drift.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

TEST(DriftTest, declarations_equal_their_tables) {
    const auto differences =
        records::drift(server().services().entities(), server().database().owner_conninfo);

    std::string all;
    for (const std::string& difference : differences) {
        all += "  " + difference + "\n";
    }
    EXPECT_EQ(all, "") << "How to put it right: ./dev migration drafts the SQL that is missing.";
}

TEST(DriftTest, nothing_is_left_to_be_drafted) {
    EXPECT_EQ(records::draft_migration(server().services().entities(),
                                       server().database().owner_conninfo),
              "");
}

}  // namespace
}  // namespace ponte::testing
