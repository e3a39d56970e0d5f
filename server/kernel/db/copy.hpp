// One COPY … FROM STDIN on a connection that has left pipeline mode for it. Data is handed over in
// pieces, so that libpq never holds a second copy of it.
#pragma once

#include <string>

#include "kernel/db.hpp"

struct pg_conn;
struct pg_result;

namespace ponte::db {

class CopyIn {
public:
    enum class State { waits_to_read, waits_to_write, is_done, is_broken };

    CopyIn(pg_conn* pg, std::string data) : pg_(pg), data_(std::move(data)) {}

    bool begin(const std::string& sql);
    State step();  // as far as it goes without waiting
    // The server's answer once it is done; its refusal is a result, too.
    Rows take_answer() { return Rows(std::move(answer_)); }
    const pg_result* answer() const;

private:
    State send_data();
    void keep(pg_result* result);

    pg_conn* const pg_;
    const std::string data_;
    std::size_t sent_ = 0;
    bool is_sending_ = false, is_ended_ = false;
    std::shared_ptr<const void> answer_;
};

}  // namespace ponte::db
