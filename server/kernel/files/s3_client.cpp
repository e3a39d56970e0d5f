#include "kernel/files/s3_client.hpp"

#include <algorithm>

#include "kernel/auth/sha256.hpp"
#include "kernel/log.hpp"
#include "kernel/outbound/to_store.hpp"

namespace ponte::files {
namespace {

using outbound::Answer;
using outbound::Trouble;

constexpr int attempts = 4;
constexpr Milliseconds first_pause{200}, transfer_most{15 * 60'000}, stalls_for{30'000};
constexpr std::size_t at_once = 4, most_answer_bytes = 4u << 20;

std::string sha256(std::string_view text) {
    auth::Sha256 hash;
    hash.add(text);
    return hash.hex();
}

bool has_error_inside(const Answer& answer) {
    return answer.status == 200 && answer.body.find("<Error>") != std::string::npos;
}

}  // namespace

std::string xml_text(std::string_view xml, std::string_view name) {
    const auto found = xml_elements(xml, name);
    return found.empty() ? std::string{} : std::string(found.front());
}

std::vector<std::string_view> xml_elements(std::string_view xml, std::string_view name) {
    const std::string begins = "<" + std::string(name) + ">", ends = "</" + std::string(name) + ">";
    std::vector<std::string_view> found;
    for (std::size_t at = xml.find(begins); at != xml.npos; at = xml.find(begins, at)) {
        at += begins.size();
        const std::size_t end = std::min(xml.find(ends, at), xml.size());
        found.push_back(xml.substr(at, end - at));
        at = end;
    }
    return found;
}

bool is_well(const Answer& answer) {
    return answer.status >= 200 && answer.status < 300 && !has_error_inside(answer);
}

std::string s3_code(const Answer& answer) { return xml_text(answer.body, "Code"); }

S3Client::S3Client(const ObjectStore& store, outbound::Outbound& outbound)
    : store_(store), outbound_(outbound), region_(store.region) {}

AwsKeys S3Client::keys() {
    const std::scoped_lock lock(mutex_);
    return {store_.key_id, store_.secret, store_.session, region_};
}

S3Client::Place S3Client::place_of(std::string_view endpoint, const std::string& object) {
    const std::string usual = "https://s3." + keys().region + ".amazonaws.com";
    const std::string address(endpoint.empty() ? usual : endpoint);
    const std::size_t host = address.find("//") + 2;
    Place place{address.substr(0, host), address.substr(host), "/" + object};
    if (store_.is_in_path) {
        place.path = "/" + store_.bucket + (object.empty() ? "" : place.path);
    } else {
        place.host = store_.bucket + "." + place.host;
    }
    return place;
}

outbound::Call S3Client::call_of(const S3Request& request) {
    const Place place = place_of(store_.endpoint, request.object);
    AwsRequest signing{request.method, place.host, place.path, request.query, {}};
    if (!request.content_type.empty()) {
        signing.headers.emplace_back("content-type", request.content_type);
    }
    const bool is_file = !request.body_of.path.empty();
    const std::string hash = is_file ? request.payload_hash : sha256(request.body);
    outbound::Call call;
    call.vendor = "s3";
    call.method = request.method;
    const std::string query = written_query(request.query);
    call.url =
        place.scheme + place.host + written_path(place.path) + (query.empty() ? "" : "?" + query);
    for (const auto& [name, value] : signed_headers(std::move(signing), keys(), hash, now())) {
        call.headers.push_back(name + ": " + value);
    }
    if (request.content_type.empty()) {
        call.headers.emplace_back("Content-Type:");  // none, or libcurl says that it is a form
    }
    call.body = request.body;
    call.body_of = request.body_of;
    call.answer_file = request.answer_file;
    const bool is_transfer = is_file || !request.answer_file.empty();
    call.answers_within = is_transfer ? transfer_most : request.answers_within;
    call.stalls_for = is_transfer ? stalls_for : Milliseconds{0};
    call.most_bytes = most_answer_bytes;
    return call;
}

// What is wrong with the request or the key stays wrong.
bool S3Client::may_pass(const Answer& answer) {
    switch (answer.trouble) {
        case Trouble::none:
            break;
        case Trouble::unreachable:
        case Trouble::timeout:
        case Trouble::broken:
        case Trouble::unknown_host:
            return true;
        default:
            return false;
    }
    const int status = answer.status;
    return status == 500 || status == 502 || status == 503 || status == 504 || status == 429 ||
           has_error_inside(answer) || s3_code(answer) == "RequestTimeout" || learns_region(answer);
}

// The store says where the bucket is; from then on we know.
bool S3Client::learns_region(const Answer& answer) {
    if (answer.status != 400 && answer.status != 301 && answer.status != 307) {
        return false;
    }
    std::string region = xml_text(answer.body, "Region");
    if (region.empty()) {
        region = answer.header("x-amz-bucket-region");
    }
    const std::scoped_lock lock(mutex_);
    if (region.empty() || region == region_) {
        return false;
    }
    log::warning("the bucket is in another region than AWS_REGION says", {{"region", region}});
    region_ = region;
    return true;
}

Task<std::vector<Answer>> S3Client::call_all(Loop& loop, std::vector<S3Request> requests) {
    std::vector<Answer> answers(requests.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        open.push_back(i);
    }
    Milliseconds pause = first_pause;
    for (int attempt = 1; !open.empty(); ++attempt) {
        std::vector<outbound::Call> calls;
        for (const std::size_t i : open) {
            calls.push_back(call_of(requests[i]));
        }
        std::vector<Answer> got =
            co_await outbound::call_store(outbound_, loop, std::move(calls), at_once);
        std::vector<std::size_t> again;
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (attempt < attempts && may_pass(got[i])) {
                again.push_back(open[i]);
            }
            answers[open[i]] = std::move(got[i]);
        }
        open = std::move(again);
        if (!open.empty()) {
            log::warning("the store of objects is asked once more",
                         {{"attempt", attempt}, {"trouble", trouble_of(answers[open.front()])}});
            co_await loop.sleep(pause);
            pause *= 3;
        }
    }
    co_return answers;
}

Task<Answer> S3Client::call(Loop& loop, S3Request request) {
    std::vector<S3Request> requests;
    requests.push_back(std::move(request));
    std::vector<Answer> answers = co_await call_all(loop, std::move(requests));
    co_return std::move(answers.front());
}

std::string S3Client::presigned(const std::string& object, Pairs query, int lasts_s) {
    const Place place = place_of(store_.public_url, object);
    AwsRequest request{"GET", place.host, place.path, std::move(query), {}};
    return place.scheme + place.host + written_path(place.path) + "?" +
           presigned_query(std::move(request), keys(), lasts_s, now());
}

std::string S3Client::trouble_of(const Answer& answer) {
    if (is_well(answer)) {
        return {};
    }
    const std::string where = place_of(store_.endpoint, {}).host;
    if (answer.status == 0) {
        return where + " is not reached: " + std::string(outbound::name_of(answer.trouble));
    }
    const std::string code = s3_code(answer);
    if (code == "InvalidAccessKeyId") {
        return "AWS_ACCESS_KEY_ID is unknown to " + where;
    }
    if (code == "SignatureDoesNotMatch") {
        return "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID, says " + where;
    }
    if (code == "NoSuchBucket") {
        return "there is no bucket " + store_.bucket + " (S3_BUCKET_NAME) at " + where;
    }
    if (code == "RequestTimeTooSkewed") {
        return "this machine's clock is more than 15 minutes from that of " + where;
    }
    if (code == "AccessDenied" || answer.status == 403) {
        return "the key may not use the bucket " + store_.bucket +
               ": it needs s3:ListBucket, s3:ListBucketMultipartUploads, s3:GetObject, "
               "s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload (" +
               (code.empty() ? "403" : code) + ")";
    }
    return where + " answers " + std::to_string(answer.status) + " " + code;
}

}  // namespace ponte::files
