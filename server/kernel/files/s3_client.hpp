// Requests to a store that speaks S3: signed anew at each attempt, tried again where that may help.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/files/aws_signature.hpp"
#include "kernel/loop.hpp"
#include "kernel/outbound.hpp"
#include "kernel/services.hpp"
#include "kernel/task.hpp"

namespace ponte::files {

struct S3Request {
    std::string method = "GET";
    std::string object;  // "tenants/…"; empty: the bucket itself
    Pairs query;
    std::string content_type, body;
    outbound::FilePart body_of;  // instead of `body`, which is hashed by whoever asks
    std::string payload_hash;    // of `body_of`
    std::string answer_file;
    // What an answer may take when nothing of a file goes either way.
    Milliseconds answers_within{30'000};
};

class S3Client {
public:
    S3Client(const ObjectStore& store, outbound::Outbound& outbound);

    // The last answer to each, in their order; a few at a time. Throws for no answer.
    Task<std::vector<outbound::Answer>> call_all(Loop& loop, std::vector<S3Request> requests);
    Task<outbound::Answer> call(Loop& loop, S3Request request);

    // An address at which a browser finds it, for so long.
    std::string presigned(const std::string& object, Pairs query, int lasts_s);
    // What an answer says is wrong, in a sentence for whoever runs the program; empty: nothing.
    std::string trouble_of(const outbound::Answer& answer);

private:
    struct Place {
        std::string scheme, host, path;  // "https://", "b.s3.sa-east-1.amazonaws.com", "/"
    };
    AwsKeys keys();
    Place place_of(std::string_view endpoint, const std::string& object);
    outbound::Call call_of(const S3Request& request);
    bool may_pass(const outbound::Answer& answer);
    bool learns_region(const outbound::Answer& answer);

    const ObjectStore& store_;
    outbound::Outbound& outbound_;
    std::mutex mutex_;
    std::string region_;
};

bool is_well(const outbound::Answer& answer);
// "NoSuchKey"; empty when the answer names none.
std::string s3_code(const outbound::Answer& answer);
// The text of the first such element, and all of them.
std::string xml_text(std::string_view xml, std::string_view name);
std::vector<std::string_view> xml_elements(std::string_view xml, std::string_view name);

}  // namespace ponte::files
