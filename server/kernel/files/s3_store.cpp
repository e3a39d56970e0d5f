#include "kernel/files/s3_store.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "kernel/auth/sha256.hpp"
#include "kernel/error.hpp"
#include "kernel/files/nearby.hpp"
#include "kernel/files/s3_client.hpp"
#include "kernel/log.hpp"

namespace ponte::files {
namespace {

namespace fs = std::filesystem;
using outbound::Answer;
using outbound::FilePart;
using Clock = std::chrono::steady_clock;

constexpr std::string_view all_objects = "tenants/";
constexpr std::uint64_t most_in_one = 16u << 20, usual_part = 8u << 20, most_parts = 10'000;
constexpr std::size_t parts_at_once = 4;
constexpr Milliseconds puts_together_within{5 * 60'000};
constexpr auto between_looks = std::chrono::seconds{15};

// On the blocking pool; what is hashed is in the system's memory when it is sent.
std::string hash_of(const FilePart& part) {
    std::ifstream in(part.path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(part.begin));
    auth::Sha256 hash;
    std::string block(64 * 1024, '\0');
    for (std::uint64_t left = part.size; left > 0;) {
        const auto wanted =
            static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size()));
        if (!in.read(block.data(), wanted)) {
            throw unavailable("files");
        }
        hash.add(std::string_view(block).substr(0, static_cast<std::size_t>(wanted)));
        left -= static_cast<std::uint64_t>(wanted);
    }
    return hash.hex();
}

std::vector<FilePart> parts_of(const std::string& path, std::uint64_t size) {
    const std::uint64_t each = std::max(usual_part, size / most_parts + 1);
    std::vector<FilePart> parts;
    for (std::uint64_t begin = 0; begin < size; begin += each) {
        parts.push_back({path, begin, std::min(each, size - begin)});
    }
    return parts;
}

std::vector<S3Request> sent_parts(const std::string& object, const std::string& upload,
                                  const std::vector<FilePart>& parts, std::size_t first) {
    std::vector<S3Request> requests;
    for (std::size_t i = first; i < std::min(first + parts_at_once, parts.size()); ++i) {
        S3Request request;
        request.method = "PUT";
        request.object = object;
        request.query = {{"partNumber", std::to_string(i + 1)}, {"uploadId", upload}};
        request.body_of = parts[i];
        request.payload_hash = hash_of(parts[i]);
        requests.push_back(std::move(request));
    }
    return requests;
}

bool is_older(std::string_view date, std::int64_t age_s) {
    const auto at = parse_time(date);
    return at && *at < now() - std::chrono::seconds{age_s};
}

class S3Store : public Store {
public:
    S3Store(const ObjectStore& store, const std::string& data_dir, outbound::Outbound& outbound)
        : store_(store),
          client_(store, outbound),
          nearby_(data_dir + "/nearby", store.nearby_bytes) {}

    Task<> put(Loop& loop, Key key, std::string path, std::string type) override;
    Task<> answer(Loop& loop, Key key, http::Response& response, Lending lending) override;
    Task<Local> open(Loop& loop, Key key) override;
    Task<> remove(Loop& loop, std::vector<Key> keys) override;
    Task<Listed> list(Loop& loop, std::string after, std::int64_t older_than_s) override;
    bool is_shared() const override { return true; }
    Task<std::string> trouble(Loop& loop) override;
    std::string last_trouble(Loop& loop) override;

private:
    [[noreturn]] void refuse(std::string_view what, const Answer& answer);
    Task<> put_in_one(Loop& loop, const std::string& object, FilePart file, std::string type);
    Task<> put_in_parts(Loop& loop, const std::string& object, FilePart file, std::string type);
    Task<> send_parts(Loop& loop, const std::string& object, const std::string& upload,
                      const FilePart& file);
    Task<std::string> fetch(Loop& loop, Key key);
    Task<> look_again(Loop& loop) { co_await trouble(loop); }
    Task<> give_up_parts(Loop& loop, std::int64_t older_than_s);
    void redirect(const Key& key, http::Response& response, Lending lending);

    const ObjectStore& store_;
    S3Client client_;
    Nearby nearby_;
    std::mutex mutex_;
    std::string trouble_;  // as it was found last
    Clock::time_point look_again_at_;
};

void S3Store::refuse(std::string_view what, const Answer& answer) {
    log::error(what, {{"trouble", client_.trouble_of(answer)}});
    throw unavailable("files");
}

Task<> S3Store::put(Loop& loop, Key key, std::string path, std::string type) {
    const FilePart file{path, 0, fs::file_size(path)};
    const std::string object = object_of(key);
    if (file.size <= most_in_one) {
        co_await put_in_one(loop, object, file, std::move(type));
    } else {
        co_await put_in_parts(loop, object, file, std::move(type));
    }
    auto keep = [this, path, key] { nearby_.adopt(path, key); };
    co_await offload(loop, std::move(keep));
}

Task<> S3Store::put_in_one(Loop& loop, const std::string& object, FilePart file, std::string type) {
    S3Request request;
    request.method = "PUT";
    request.object = object;
    request.content_type = std::move(type);
    request.body_of = file;
    auto hash = [file] { return hash_of(file); };
    request.payload_hash = co_await offload(loop, std::move(hash));
    const Answer answer = co_await client_.call(loop, std::move(request));
    if (!is_well(answer)) {
        log::error("a file is not stored", {{"trouble", client_.trouble_of(answer)}});
        throw Error(503, "upload_failed");
    }
}

Task<> S3Store::put_in_parts(Loop& loop, const std::string& object, FilePart file,
                             std::string type) {
    S3Request begin;
    begin.method = "POST";
    begin.object = object;
    begin.query = {{"uploads", ""}};
    begin.content_type = std::move(type);
    const Answer begun = co_await client_.call(loop, std::move(begin));
    const std::string upload = xml_text(begun.body, "UploadId");
    std::exception_ptr failure;
    try {
        if (!is_well(begun) || upload.empty()) {
            log::error("a file is not stored", {{"trouble", client_.trouble_of(begun)}});
            throw Error(503, "upload_failed");
        }
        co_await send_parts(loop, object, upload, file);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure && !upload.empty()) {
        S3Request abort;
        abort.method = "DELETE";
        abort.object = object;
        abort.query = {{"uploadId", upload}};
        co_await client_.call(loop, std::move(abort));
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

// A few at a time, each read from the disk as it goes.
Task<> S3Store::send_parts(Loop& loop, const std::string& object, const std::string& upload,
                           const FilePart& file) {
    const std::vector<FilePart> parts = parts_of(file.path, file.size);
    S3Request whole;
    whole.method = "POST";
    whole.object = object;
    whole.query = {{"uploadId", upload}};
    whole.answers_within = puts_together_within;
    whole.body = "<CompleteMultipartUpload>";
    for (std::size_t first = 0; first < parts.size(); first += parts_at_once) {
        auto hash = [&] { return sent_parts(object, upload, parts, first); };
        std::vector<S3Request> requests = co_await offload(loop, std::move(hash));
        const std::vector<Answer> answers = co_await client_.call_all(loop, std::move(requests));
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!is_well(answers[i])) {
                log::error("a part of a file is not stored",
                           {{"trouble", client_.trouble_of(answers[i])}});
                throw Error(503, "upload_failed");
            }
            whole.body += "<Part><PartNumber>" + std::to_string(first + i + 1) +
                          "</PartNumber><ETag>" + std::string(answers[i].header("etag")) +
                          "</ETag></Part>";
        }
    }
    whole.body += "</CompleteMultipartUpload>";
    const Answer answer = co_await client_.call(loop, std::move(whole));
    if (!is_well(answer)) {
        log::error("the parts of a file are not one", {{"trouble", client_.trouble_of(answer)}});
        throw Error(503, "upload_failed");
    }
}

Task<> S3Store::answer(Loop& loop, Key key, http::Response& response, Lending lending) {
    if (lending.count() > 0 && !store_.public_url.empty()) {
        redirect(key, response, lending);
        co_return;
    }
    response.file_path = co_await fetch(loop, key);
}

// What the answer would have said about itself, the address says; and nobody keeps it.
void S3Store::redirect(const Key& key, http::Response& response, Lending lending) {
    Pairs says{{"response-content-type", response.content_type},
               {"response-cache-control", "private, max-age=3600"}};
    for (const auto& [name, value] : response.headers) {
        if (name == "Content-Disposition") {
            says.emplace_back("response-content-disposition", value);
        }
    }
    const auto seconds = static_cast<int>(lending.count());
    response.status = 302;
    response.headers = {{"Location", client_.presigned(object_of(key), std::move(says), seconds)},
                        {"Cache-Control", "private, no-store"},
                        {"Referrer-Policy", "no-referrer"}};
}

Task<std::string> S3Store::fetch(Loop& loop, Key key) {
    auto look = [this, key] { return nearby_.find(key); };
    std::string path = co_await offload(loop, std::move(look));
    if (!path.empty()) {
        co_return path;
    }
    auto draft = [this, key] { return nearby_.draft_of(key); };
    S3Request request;
    request.object = object_of(key);
    request.answer_file = co_await offload(loop, std::move(draft));
    const Local arriving(request.answer_file, Local::Copy::yes);  // gone when it does not arrive
    const Answer answer = co_await client_.call(loop, std::move(request));
    if (answer.status == 404 && s3_code(answer) == "NoSuchKey") {
        log::error("the bytes of a file are missing", {{"file", key.file}});
        throw not_found("file");
    }
    if (!is_well(answer)) {
        refuse("a file is not fetched", answer);
    }
    auto keep = [this, &arriving, key] { return nearby_.adopt(arriving.path(), key); };
    path = co_await offload(loop, std::move(keep));
    if (path.empty()) {
        throw unavailable("files");
    }
    co_return path;
}

Task<Local> S3Store::open(Loop& loop, Key key) {
    co_await fetch(loop, key);
    auto lend = [this, key] { return nearby_.lend(key); };
    std::string path = co_await offload(loop, std::move(lend));
    if (path.empty()) {
        throw unavailable("files");
    }
    co_return Local(std::move(path), Local::Copy::yes);
}

Task<> S3Store::remove(Loop& loop, std::vector<Key> keys) {
    std::vector<S3Request> requests;
    for (const Key& key : keys) {
        S3Request& request = requests.emplace_back();
        request.method = "DELETE";
        request.object = object_of(key);
    }
    auto forget = [this, keys = std::move(keys)] {
        for (const Key& key : keys) {
            nearby_.forget(key);
        }
    };
    co_await offload(loop, std::move(forget));
    const std::vector<Answer> answers = co_await client_.call_all(loop, std::move(requests));
    for (const Answer& answer : answers) {
        if (!is_well(answer) && answer.status != 404) {
            refuse("a file is not removed", answer);
        }
    }
}

Task<Store::Listed> S3Store::list(Loop& loop, std::string after, std::int64_t older_than_s) {
    if (after.empty()) {
        co_await give_up_parts(loop, older_than_s);
    }
    S3Request request;
    request.query = {{"list-type", "2"}, {"prefix", std::string(all_objects)}};
    if (!after.empty()) {
        request.query.emplace_back("start-after", after);
    }
    const Answer answer = co_await client_.call(loop, std::move(request));
    if (!is_well(answer) || answer.is_cut) {
        refuse("files are not listed", answer);
    }
    Listed listed;
    std::string last;
    for (const std::string_view one : xml_elements(answer.body, "Contents")) {
        last = xml_text(one, "Key");
        const auto key = key_of(last);
        if (key && is_older(xml_text(one, "LastModified"), older_than_s)) {
            listed.keys.push_back(*key);
        }
    }
    if (xml_text(answer.body, "IsTruncated") == "true") {
        listed.next = last;
    }
    co_return listed;
}

// What was killed between its parts costs room that nobody sees. Not every store knows the
// question.
Task<> S3Store::give_up_parts(Loop& loop, std::int64_t older_than_s) {
    S3Request request;
    request.query = {{"uploads", ""}, {"prefix", std::string(all_objects)}};
    const Answer answer = co_await client_.call(loop, std::move(request));
    std::vector<S3Request> aborts;
    for (const std::string_view one : xml_elements(answer.body, "Upload")) {
        if (is_older(xml_text(one, "Initiated"), older_than_s)) {
            S3Request& abort = aborts.emplace_back();
            abort.method = "DELETE";
            abort.object = xml_text(one, "Key");
            abort.query = {{"uploadId", xml_text(one, "UploadId")}};
        }
    }
    co_await client_.call_all(loop, std::move(aborts));
}

Task<std::string> S3Store::trouble(Loop& loop) {
    S3Request request;
    request.query = {{"list-type", "2"}, {"prefix", std::string(all_objects)}, {"max-keys", "1"}};
    request.answers_within = Milliseconds{5'000};
    const Answer answer = co_await client_.call(loop, std::move(request));
    std::string found = client_.trouble_of(answer);
    const std::scoped_lock lock(mutex_);
    if (found != trouble_) {
        found.empty() ? log::info("the store of objects works again")
                      : log::error("the store of objects does not work", {{"trouble", found}});
    }
    trouble_ = found;
    co_return found;
}

std::string S3Store::last_trouble(Loop& loop) {
    const std::scoped_lock lock(mutex_);
    if (Clock::now() >= look_again_at_) {
        look_again_at_ = Clock::now() + between_looks;
        spawn(loop, look_again(loop));
    }
    return trouble_;
}

}  // namespace

std::string object_of(const Key& key) {
    std::int64_t ms = 0;
    for (int i = 0; i < 6; ++i) {
        ms = ms << 8 | key.file.bytes[static_cast<std::size_t>(i)];
    }
    const std::chrono::sys_time<std::chrono::milliseconds> made{std::chrono::milliseconds{ms}};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(made)};
    const auto month = static_cast<unsigned>(day.month());
    return std::string(all_objects) + key.company.text() + "/" +
           std::to_string(static_cast<int>(day.year())) + (month < 10 ? "/0" : "/") +
           std::to_string(month) + "/" + key.file.text();
}

std::optional<Key> key_of(std::string_view object) {
    constexpr std::size_t id_size = 36;
    if (!object.starts_with(all_objects) || object.size() < all_objects.size() + 2 * id_size) {
        return {};
    }
    const auto company = Id::parse(object.substr(all_objects.size(), id_size));
    const auto file = Id::parse(object.substr(object.size() - id_size));
    const std::optional<Key> key =
        company && file ? std::optional(Key{*company, *file}) : std::nullopt;
    return key && object_of(*key) == object ? key : std::nullopt;
}

std::shared_ptr<Store> s3_store(const Settings& settings, outbound::Outbound& outbound) {
    return std::make_shared<S3Store>(settings.objects, settings.data_dir, outbound);
}

}  // namespace ponte::files
