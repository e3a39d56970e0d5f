// Which addresses may be called: by what they are, however somebody spells them.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "kernel/outbound.hpp"
#include "kernel/outbound/guard.hpp"
#include "kernel/services.hpp"

namespace ponte::outbound {
namespace {

sockaddr_storage address(const std::string& text, int port = 443) {
    sockaddr_storage out{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(out);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(out);
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(static_cast<std::uint16_t>(port));
    } else {
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(static_cast<std::uint16_t>(port));
    }
    return out;
}

bool is_allowed(const Guard& guard, const std::string& text, int port = 443, bool tls = true) {
    const sockaddr_storage to = address(text, port);
    return guard.allows(reinterpret_cast<const sockaddr&>(to),
                        tls ? Guard::Speech::encrypted : Guard::Speech::clear);
}

TEST(Guard, calls_what_is_public) {
    const Guard guard({});
    for (const char* text : {"8.8.8.8", "200.160.2.3", "1.1.1.1", "172.15.255.255", "172.32.0.1",
                             "100.63.0.1", "2606:4700:4700::1111", "2804:14c::1",
                             "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"}) {
        EXPECT_TRUE(is_allowed(guard, text)) << text;
    }
}

TEST(Guard, calls_nothing_within_the_house) {
    const Guard guard({});
    for (const char* text : {"0.0.0.0",
                             "10.0.0.1",
                             "100.64.0.1",
                             "127.0.0.1",
                             "127.255.255.254",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.0.2.1",
                             "192.88.99.1",
                             "192.168.1.1",
                             "198.18.0.1",
                             "198.51.100.1",
                             "203.0.113.1",
                             "224.0.0.1",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "64:ff9b::7f00:1",
                             "64:ff9b::a9fe:a9fe",
                             "64:ff9b:1::1",
                             "100::1",
                             "2001::1",
                             "2001:db8::1",
                             "2002:7f00:1::1",
                             "2002:a00:1::",
                             "fc00::1",
                             "fd00:ec2::254",
                             "fe80::1",
                             "fec0::1",
                             "ff02::1"}) {
        EXPECT_FALSE(is_allowed(guard, text)) << text;
    }
}

TEST(Guard, speaks_in_clear_only_where_the_operator_said) {
    const Guard closed({}), open(parse_blocks("10.1.0.0/16, ::1, 127.0.0.1"));

    EXPECT_FALSE(is_allowed(closed, "8.8.8.8", 80, false));
    EXPECT_FALSE(is_allowed(open, "8.8.8.8", 80, false));
    EXPECT_TRUE(is_allowed(open, "10.1.255.7", 5678, false));
    EXPECT_TRUE(is_allowed(open, "::ffff:10.1.0.1", 25, false));
    EXPECT_TRUE(is_allowed(open, "::1", 5678, false));
    EXPECT_FALSE(is_allowed(open, "10.2.0.1", 5678, false));
    EXPECT_FALSE(is_allowed(open, "127.0.0.2"));
    EXPECT_FALSE(is_allowed(closed, "8.8.8.8", 25));
    EXPECT_TRUE(is_allowed(closed, "8.8.8.8", 8443));
}

TEST(Guard, says_which_block_is_none) {
    for (const char* text :
         {"10.0.0.0/33", "10.0.0", "fd00::/129", "localhost", "10.0.0.0/-1", "10.0.0.0/8x"}) {
        EXPECT_THROW(parse_blocks(text), std::invalid_argument) << text;
    }
    EXPECT_TRUE(parse_blocks("").empty());
}

TEST(Guard, tells_what_is_wrong_with_a_url_that_somebody_typed) {
    Settings closed, open;
    open.allow_private = "127.0.0.0/8";
    for (const char* text : {"", "exemplo", "https://", "ftp://a.com", "javascript:alert(1)",
                             "https://a.com/ x", "https://a.com\\b", "https://a.com/\r\nX: y",
                             "file:///etc/passwd", "https://a.com:99999/"}) {
        EXPECT_EQ(problem_of_url(closed, text), "invalid") << text;
    }
    EXPECT_EQ(problem_of_url(closed, "https://user:pass@a.com/"), "url.with_credentials");
    EXPECT_EQ(problem_of_url(closed, "http://a.com/"), "url.not_encrypted");
    EXPECT_EQ(problem_of_url(closed, "https://a.com:25/"), "url.port");
    EXPECT_EQ(problem_of_url(closed, "https://n8n.exemplo.com.br:5678/webhook/1?a=b"), "");
    EXPECT_EQ(problem_of_url(open, "http://127.0.0.1:5678/"), "");
}

}  // namespace
}  // namespace ponte::outbound
