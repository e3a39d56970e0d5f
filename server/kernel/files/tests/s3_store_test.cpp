// The store of objects against a real one, behind a gate that counts every signature again.
#include "kernel/files/s3_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "kernel/error.hpp"
#include "kernel/files/s3_client.hpp"
#include "kernel/outbound.hpp"
#include "kernel/testing/objects.hpp"

namespace ponte::files {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Objects;

constexpr std::int64_t any_age = -60;
constexpr std::size_t megabyte = 1 << 20;

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class S3StoreTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { objects = std::make_unique<Objects>(); }
    static void TearDownTestSuite() { objects.reset(); }

    S3StoreTest() {
        objects->tell();
        settings.objects = objects->settings();
        settings.data_dir = folder.path();
        outbound = std::make_unique<outbound::Outbound>(settings);
        loops.start();
        open_anew();
    }
    ~S3StoreTest() override { loops.stop(); }

    // As after a start on another machine: nothing is nearby.
    void open_anew() {
        std::filesystem::remove_all(folder.path() + "/nearby");
        store = s3_store(settings, *outbound);
    }
    Loop& loop() { return loops.at(0); }
    Key key() const { return {company, Id::make()}; }
    std::string file(std::string_view bytes) {
        const std::string path = folder.path() + "/" + Id::make().text();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    Key kept(std::string_view bytes) {
        const Key made = key();
        put(made, bytes);
        return made;
    }
    void put(const Key& at, std::string_view bytes) {
        wait_for(loop(), store->put(loop(), at, file(bytes), "application/pdf"));
    }
    std::string read(const Key& at) {
        const Local local = wait_for(loop(), store->open(loop(), at));
        return content(local.path());
    }
    Store::Listed list(const std::string& after = {}, std::int64_t age = any_age) {
        return wait_for(loop(), store->list(loop(), after, age));
    }
    static std::set<Id> ids_of(const std::vector<Key>& keys) {
        std::set<Id> ids;
        for (const Key& key : keys) {
            ids.insert(key.file);
        }
        return ids;
    }
    std::string trouble() { return wait_for(loop(), store->trouble(loop())); }
    // The status with which something is refused; 0: it is not.
    template <class Work>
    int refusal_of(Work work) {
        try {
            work();
        } catch (const Error& error) {
            return error.status;
        }
        return 0;
    }

    static inline std::unique_ptr<Objects> objects;
    testing::TemporaryDirectory folder;
    Settings settings;
    Loops loops{1};
    std::unique_ptr<outbound::Outbound> outbound;
    std::shared_ptr<Store> store;
    const Id company = Id::make();
};

TEST_F(S3StoreTest, what_is_put_is_read_listed_and_gone_when_removed) {
    const Key one = kept("proposta"), empty = kept("");
    open_anew();

    EXPECT_EQ(read(one), "proposta");
    EXPECT_EQ(read(empty), "");
    const Store::Listed listed = list();
    EXPECT_THAT(listed.keys, ::testing::IsSupersetOf({one, empty}));
    EXPECT_EQ(listed.next, "");
    EXPECT_THAT(list({}, 3600).keys, IsEmpty()) << "all are young";

    std::vector<Key> both{one, empty, key()};
    wait_for(loop(), store->remove(loop(), both));
    EXPECT_EQ(refusal_of([&] { read(one); }), 404) << "not from a copy either";
    EXPECT_EQ(refusal_of([&] { read(empty); }), 404);
    EXPECT_EQ(objects->refused(), 0);
}

TEST_F(S3StoreTest, a_long_list_is_read_page_after_page) {
    std::vector<Key> all;
    for (int i = 0; i < 5; ++i) {
        all.push_back(kept("uma"));
    }
    objects->tell({{"page", 2}});

    std::vector<Key> found;
    std::string after;
    int pages = 0;
    do {
        Store::Listed listed = list(after);
        EXPECT_LE(listed.keys.size(), 2u);
        found.insert(found.end(), listed.keys.begin(), listed.keys.end());
        after = listed.next;
    } while (!after.empty() && ++pages < 50);

    EXPECT_THAT(found, ::testing::IsSupersetOf(all));
    const std::set<Id> each = ids_of(found);
    EXPECT_EQ(each.size(), found.size()) << "none twice";
}

TEST_F(S3StoreTest, a_key_says_whose_it_is_and_when_it_was_made) {
    const Key at{*Id::parse("019a0000-0000-7000-8000-000000000001"),
                 *Id::parse("019b76da-a800-7000-8000-000000000002")};

    EXPECT_EQ(object_of(at),
              "tenants/019a0000-0000-7000-8000-000000000001/2026/01/"
              "019b76da-a800-7000-8000-000000000002");
    EXPECT_EQ(key_of(object_of(at)), at);
    for (const char* other : {"", "tenants/", "backups/2026.tar",
                              "tenants/019a0000-0000-7000-8000-000000000001/2025/01/"
                              "019b76da-a800-7000-8000-000000000002"}) {
        EXPECT_EQ(key_of(other), std::nullopt) << other;
    }
}

TEST_F(S3StoreTest, what_is_large_goes_in_parts_and_through_little_memory) {
    std::string bytes(40 * megabyte + 17, 'x');
    for (std::size_t i = 0; i < bytes.size(); i += 4096) {
        bytes[i] = static_cast<char>('a' + i / 4096 % 26);
    }
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);

    const Key large = kept(bytes);
    open_anew();
    const Local local = wait_for(loop(), store->open(loop(), large));
    getrusage(RUSAGE_SELF, &after);

    EXPECT_EQ(content(local.path()), bytes);
    EXPECT_EQ(objects->seen("PUT"), 6) << "parts of 8 MiB";
    EXPECT_EQ(objects->uploads(), 0);
    constexpr long most_kb = 24 * 1024;
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, most_kb);
}

TEST_F(S3StoreTest, a_busy_store_and_a_cut_connection_are_asked_again) {
    objects->tell({{"busy", 2}, {"match", "PUT"}});
    const Key one = kept("uma");
    EXPECT_EQ(objects->seen("PUT"), 3);

    objects->tell({{"cut", 1}, {"match", "PUT"}});
    const Key two = kept("duas");
    open_anew();

    EXPECT_EQ(read(one) + read(two), "umaduas");
}

TEST_F(S3StoreTest, a_store_that_stays_busy_is_given_up_and_keeps_no_parts) {
    objects->tell({{"busy", 9}, {"match", "partNumber=2"}});

    const std::string bytes(17 * megabyte, 'x');

    EXPECT_EQ(refusal_of([&] { kept(bytes); }), 503);
    EXPECT_EQ(objects->uploads(), 0) << "given up at once";
}

TEST_F(S3StoreTest, what_is_refused_is_not_asked_again_and_said_in_words) {
    settings.objects.secret = "outro";
    open_anew();
    objects->tell();
    EXPECT_EQ(refusal_of([&] { kept("uma"); }), 503);
    EXPECT_EQ(objects->seen("PUT"), 1);
    EXPECT_THAT(trouble(), HasSubstr("AWS_SECRET_ACCESS_KEY"));

    settings.objects.key_id = "OUTRA";
    open_anew();
    EXPECT_THAT(trouble(), HasSubstr("AWS_ACCESS_KEY_ID"));

    settings.objects = objects->settings();
    settings.objects.bucket = "outro";
    open_anew();
    EXPECT_THAT(trouble(), HasSubstr("no bucket outro"));

    settings.objects = objects->settings();
    open_anew();
    objects->tell({{"skewMs", 16 * 60'000}});
    EXPECT_THAT(trouble(), HasSubstr("clock"));

    objects->tell();
    EXPECT_EQ(trouble(), "");
    const Key nothing = key();
    EXPECT_EQ(refusal_of([&] { read(nothing); }), 404);
    EXPECT_EQ(objects->seen("GET /crm/tenants"), 1);
}

TEST_F(S3StoreTest, the_region_is_learned_from_the_refusal) {
    objects->tell({{"region", "sa-east-1"}});

    const Key one = kept("uma");

    EXPECT_EQ(objects->seen("PUT"), 2);
    kept("duas");
    EXPECT_EQ(objects->seen("PUT"), 3) << "known by now";
    objects->tell({{"region", "sa-east-1"}});
    EXPECT_EQ(read(one), "uma");
}

TEST_F(S3StoreTest, parts_that_a_killed_program_left_are_given_up_when_they_are_old) {
    S3Client client(settings.objects, *outbound);
    S3Request begin;
    begin.method = "POST";
    begin.object = object_of(key());
    begin.query = {{"uploads", ""}};
    const outbound::Answer begun = wait_for(loop(), client.call(loop(), begin));
    ASSERT_EQ(begun.status, 200) << begun.body;
    ASSERT_EQ(objects->uploads(), 1);

    list({}, 3600);
    EXPECT_EQ(objects->uploads(), 1) << "it may still be under way";
    list();
    EXPECT_EQ(objects->uploads(), 0);
}

TEST_F(S3StoreTest, copies_take_no_more_room_than_they_are_given) {
    settings.objects.nearby_bytes = megabyte;
    open_anew();
    const std::string nearby = folder.path() + "/nearby/" + company.text();
    const std::string bytes(megabyte / 4, 'x');
    for (int i = 0; i < 4; ++i) {
        const Key old = kept(bytes);
        std::filesystem::last_write_time(
            nearby + "/" + old.file.text(),
            std::filesystem::file_time_type::clock::now() - std::chrono::hours{1});
    }

    const Key last = kept(bytes);

    EXPECT_TRUE(std::filesystem::exists(nearby + "/" + last.file.text()));
    const auto begin = std::filesystem::directory_iterator(nearby);
    EXPECT_LE(std::distance(begin, std::filesystem::directory_iterator{}), 4);
}

TEST_F(S3StoreTest, an_address_is_of_the_bucket_as_browsers_reach_it) {
    settings.objects.is_in_path = false;
    settings.objects.public_url = "https://s3.sa-east-1.amazonaws.com";
    S3Client client(settings.objects, *outbound);

    const std::string address = client.presigned("tenants/x", {}, 60);

    EXPECT_THAT(address, HasSubstr("https://crm.s3.sa-east-1.amazonaws.com/tenants/x?X-Amz-"));
    EXPECT_EQ(settings.objects.origin(), "https://crm.s3.sa-east-1.amazonaws.com");
}

}  // namespace
}  // namespace ponte::files
