#include "modules/customers/sample.hpp"

#include <gtest/gtest.h>

#include <set>

#include "kernel/values.hpp"

namespace ponte::customers {
namespace {

TEST(SampleTest, the_same_number_is_the_same_person) {
    EXPECT_EQ(sample(7).email, sample(7).email);
    EXPECT_NE(sample(7).email, sample(8).email);
}

TEST(SampleTest, what_is_made_up_is_canonical_and_different) {
    std::set<std::string> phones, emails, documents;
    std::size_t document_count = 0;
    for (std::uint64_t number = 0; number < 20'000; ++number) {
        const Sample one = sample(number);
        const auto is_canonical = [](Type type, const std::string& value) {
            const Canonical found = canonical(type, Json(value), Locale{});
            return found.ok() && found.value.as_string() == value;
        };
        ASSERT_TRUE(is_canonical(Type::phone, one.phone)) << one.phone;
        ASSERT_TRUE(is_canonical(Type::email, one.email)) << one.email;
        ASSERT_TRUE(one.document.empty() || is_canonical(Type::document, one.document))
            << one.document;
        phones.insert(one.phone);
        emails.insert(one.email);
        if (!one.document.empty()) {
            documents.insert(one.document);
            ++document_count;
        }
    }

    EXPECT_EQ(phones.size(), 20'000u);
    EXPECT_EQ(emails.size(), 20'000u);
    EXPECT_EQ(documents.size(), document_count);
}

}  // namespace
}  // namespace ponte::customers
