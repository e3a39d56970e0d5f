// Worked examples: AWS's own of 2013 and two that AWS's SDK for JavaScript and a real gate agreed
// with. Whatever differs by one letter is refused by every store.
#include "kernel/files/aws_signature.hpp"

#include <gtest/gtest.h>

#include "kernel/auth/sha256.hpp"

namespace ponte::files {
namespace {

const AwsKeys keys{"S3RVER", "S3RVER", {}, "us-east-1"};
constexpr const char* path = "/crm-media/tenants/t1/média 1.txt";
constexpr const char* host = "127.0.0.1:4569";

Time noon() { return *parse_time("2026-01-15T12:00:00Z"); }

std::string sha256(std::string_view text) {
    auth::Sha256 hash;
    hash.add(text);
    return hash.hex();
}

std::string value_of(const Pairs& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

TEST(AwsSignatureTest, a_head_is_signed_as_the_vendors_own_programs_sign_it) {
    const AwsRequest request{
        "PUT",
        host,
        path,
        {},
        {{"x-amz-acl", "private"}, {"content-type", "text/plain; charset=utf-8"}}};

    const Pairs headers = signed_headers(request, keys, sha256("olá"), noon());

    EXPECT_EQ(value_of(headers, "x-amz-date"), "20260115T120000Z");
    EXPECT_EQ(value_of(headers, "x-amz-content-sha256"),
              "9b186e077c7c6d044f5789d76e6d8070a5b0aaa902ebc608bc34170722dba903");
    EXPECT_EQ(value_of(headers, "authorization"),
              "AWS4-HMAC-SHA256 Credential=S3RVER/20260115/us-east-1/s3/aws4_request, "
              "SignedHeaders=content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date, "
              "Signature=841894c3e95e5838b113ccc8b295868c256e49af03153a5ea896aa39d67e9453");
}

TEST(AwsSignatureTest, what_is_signed_is_written_as_the_contract_says) {
    const AwsRequest request{
        "GET", host, path, {{"uploads", ""}, {"prefix", "a b/ç"}}, {{"x-amz-b", " a   b "}}};

    EXPECT_EQ(canonical_request(request, "HASH"),
              "GET\n/crm-media/tenants/t1/m%C3%A9dia%201.txt\nprefix=a%20b%2F%C3%A7&uploads=\n"
              "host:127.0.0.1:4569\nx-amz-b:a b\n\nhost;x-amz-b\nHASH");
}

TEST(AwsSignatureTest, an_address_is_signed_for_a_while) {
    const AwsRequest request{"GET", host, path, {}, {}};

    const std::string query = presigned_query(request, keys, 3600, noon());

    EXPECT_EQ(query,
              "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=S3RVER%2F20260115%2Fus-east-1%2Fs3"
              "%2Faws4_request&X-Amz-Date=20260115T120000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders="
              "host&X-Amz-Signature="
              "6b87a51461cfca941a5eaee137354358fb6ab48d66da5dec0c0829db48c5e3ad");
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
TEST(AwsSignatureTest, the_vendors_published_example_holds) {
    const AwsKeys published{
        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", {}, "us-east-1"};
    const AwsRequest request{"GET", "examplebucket.s3.amazonaws.com", "/test.txt", {}, {}};

    const std::string query =
        presigned_query(request, published, 86400, *parse_time("2013-05-24T00:00:00Z"));

    EXPECT_TRUE(query.ends_with(
        "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
        << query;
}

TEST(AwsSignatureTest, borrowed_keys_name_their_session) {
    const AwsKeys borrowed{"S3RVER", "S3RVER", "token", "us-east-1"};
    const AwsRequest request{"GET", host, path, {}, {}};

    const Pairs headers = signed_headers(request, borrowed, sha256(""), noon());
    EXPECT_EQ(value_of(headers, "x-amz-security-token"), "token");
    EXPECT_NE(value_of(headers, "authorization").find("x-amz-date;x-amz-security-token"),
              std::string::npos);
    EXPECT_NE(presigned_query(request, borrowed, 60, noon()).find("X-Amz-Security-Token=token"),
              std::string::npos);
}

}  // namespace
}  // namespace ponte::files
