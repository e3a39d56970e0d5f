// Every declaration has the table that it speaks of.
#include "kernel/resources/drift.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/app.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/resources/catalogue.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::resources {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct DriftTest : ::testing::Test {
    const Catalogue& entities = ponte::testing::server().app().entities();

    static std::string database(const char* name) {
        return ponte::testing::database_named(name).owner_conninfo;
    }
};

TEST_F(DriftTest, every_declaration_agrees_with_its_table) {
    EXPECT_THAT(drift(entities, database("drift")), IsEmpty())
        << "./dev migration drafts what is missing:\n"
        << draft_migration(entities, database("drift"));
}

TEST_F(DriftTest, names_each_difference) {
    db::OwnerConnection owner(database("drift_told"));
    owner.run("drop table notes");
    owner.run("drop index contacts_by_company");
    owner.run("drop index tags__name__taken");
    owner.run("alter table contacts drop column city cascade");
    owner.run("alter table contacts drop constraint contacts__status__not_an_option");
    owner.run(
        "alter table contacts add constraint contacts__status__not_an_option "
        "check (status in ('prospect', 'active'))");
    owner.run("alter table teams no force row level security");

    const auto told = drift(entities, database("drift_told"));

    EXPECT_THAT(told, UnorderedElementsAre("the table notes is missing",
                                           "contacts has no index for its order by company",
                                           "tags.name is not unique (tags__name__taken)",
                                           "contacts.city is missing",
                                           HasSubstr("contacts.status is bound by another rule"),
                                           "contacts.search is missing", "teams is not isolated"));
}

TEST_F(DriftTest, what_it_drafts_ends_the_differences) {
    db::OwnerConnection owner(database("drift_drafted"));
    owner.run("drop table notes");
    owner.run("alter table contacts drop column source");
    owner.run("drop index contacts_by_change");
    owner.run("alter table tags drop constraint tags__color__not_an_option");
    owner.run("alter table tags add constraint tags__color__not_an_option check (color = 'gray')");
    const std::string draft = draft_migration(entities, database("drift_drafted"));

    owner.run(draft);

    EXPECT_THAT(draft, HasSubstr("create table notes (\n    tenant_id  uuid"));
    EXPECT_THAT(drift(entities, database("drift_drafted")), IsEmpty());
    EXPECT_EQ(draft_migration(entities, database("drift_drafted")), "");
}

}  // namespace
}  // namespace ponte::resources
