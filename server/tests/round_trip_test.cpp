// What the API answers is a body that it takes: whoever reads a record may send it back whole.
#include "kernel/entities/catalogue.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

TEST(RoundTripTest, what_was_read_of_any_entity_is_taken_back_and_changes_nothing) {
    Company company;
    Api& api = company.api();
    Samples samples(company, "Ida e volta");

    for (const auto& kind : server().services().entities().all()) {
        SCOPED_TRACE(kind->entity->name);
        const std::string path = "/api/v1/" + kind->route + "/" + samples.id_of(kind->entity->name);
        const Reply read = api.get(path);
        ASSERT_EQ(read.status, 200) << read.shown();

        for (const char* method : {"PUT", "PATCH"}) {
            const Reply sent = api.send(method, path, read.body);
            EXPECT_EQ(sent.status, 200) << method << sent.shown();
            EXPECT_EQ(sent.body, read.body) << method;
        }
        EXPECT_EQ(api.get(path).body, read.body);
    }
}

}  // namespace
}  // namespace ponte::testing
