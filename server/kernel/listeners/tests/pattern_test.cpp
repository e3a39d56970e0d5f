#include "kernel/listeners/pattern.hpp"

#include <gtest/gtest.h>

namespace ponte::listeners {
namespace {

Event event_named(std::string name) {
    Event event;
    event.name = std::move(name);
    return event;
}

Event bulk_of(std::string entity, std::string name) {
    Event event = event_named(std::move(entity) + ".bulk");
    event.operation = Id::make();
    event.changes = Json::object({{"count", 40}, {"events", Json::object({{name, 40}})}});
    return event;
}

TEST(PatternTest, names_one_event_or_an_entity_or_a_past_or_everything) {
    EXPECT_TRUE(matches("contact.updated", "contact.updated"));
    EXPECT_FALSE(matches("contact.updated", "contact.created"));
    EXPECT_FALSE(matches("contact.updated", "contact.updated_twice"));
    EXPECT_TRUE(matches("contact.*", "contact.created"));
    EXPECT_FALSE(matches("contact.*", "contacts.created"));
    EXPECT_FALSE(matches("contact.*", "contact_tag.created"));
    EXPECT_TRUE(matches("*.created", "contact.created"));
    EXPECT_FALSE(matches("*.created", "contact.updated"));
    EXPECT_TRUE(matches("*", "anything.happened"));
}

TEST(PatternTest, a_bulk_is_told_to_whoever_waits_for_what_it_did) {
    const Event bulk = bulk_of("contact", "contact.updated");

    EXPECT_TRUE(is_told({"contact.*", "t"}, bulk));
    EXPECT_TRUE(is_told({"contact.updated", "t"}, bulk));
    EXPECT_TRUE(is_told({"*.updated", "t"}, bulk));
    EXPECT_FALSE(is_told({"contact.created", "t"}, bulk));
    EXPECT_FALSE(is_told({"note.*", "t"}, bulk));
}

TEST(PatternTest, a_bulk_concerns_whoever_hears_each_of_it_but_is_not_told) {
    Listener each{"contact.updated", "t"};
    each.each_of_bulks();
    const Event bulk = bulk_of("contact", "contact.updated");

    EXPECT_TRUE(concerns(each, bulk));
    EXPECT_FALSE(is_told(each, bulk));
    EXPECT_TRUE(is_told(each, event_named("contact.updated")));
}

}  // namespace
}  // namespace ponte::listeners
