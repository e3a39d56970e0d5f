# Tests: the server's programs through ctest, the web's units through vitest, the product through
# Playwright. Every suite writes a JUnit report; the last line is the sum of all reports.

reports=build/release/reports

# suite NAME "REPORT…" COMMAND…: a program that dies leaves no report, and one can fail without
# saying which test; both count as a failure, so that no test is missing from the sum in silence.
lost=0
failed_suites=()
suite() {
    local name=$1 expected=$2 report status=0 explained=''
    shift 2
    say "Testing $name"
    "$@" || status=$?
    for report in $expected; do
        if [ ! -s "$reports/$report" ]; then
            say "No report from $report"
            lost=$((lost + 1)) explained=1 status=1
        elif [ "$(count failed "$reports/$report")" -gt 0 ]; then
            explained=1 status=1
        fi
    done
    if [ "$status" != 0 ]; then
        failed_suites+=("$name")
        [ -n "$explained" ] || lost=$((lost + 1))
    fi
}

# count passed|failed|skipped FILE…
count() {
    local what=$1
    shift
    cat "$@" 2>/dev/null | awk -v what="$what" '
        function attribute(name) {
            if (!match($0, " " name "=\"[0-9]+\"")) return 0
            return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0
        }
        BEGIN { RS = "<" }
        /^testsuite / {
            tests += attribute("tests")
            sum["failed"] += attribute("failures") + attribute("errors")
            sum["skipped"] += attribute("skipped") + attribute("disabled")
        }
        END {
            sum["passed"] = tests - sum["failed"] - sum["skipped"]
            print sum[what] + 0
        }'
}

run_server_tests() {
    local preset=$1 names=("${@:2}") targets=tests filter=()
    need_packages build database web test
    [ "$preset" = asan ] || build_web
    need_peers
    configure "$preset" tests
    if [ ${#names[@]} -gt 0 ]; then
        targets=("${names[@]/#/test_}")
        filter=(-R "^($(IFS='|' && echo "${names[*]}"))\$")
    fi
    check_test_names "$preset" "${names[@]}"
    say "Building the server's tests"
    compile "$preset" "${targets[@]}"
    local expected
    expected=$(ctest --test-dir "build/$preset" -N "${filter[@]}" |
        sed -n 's/^ *Test *#[0-9]*: \(.*\)$/test_\1.xml/p')
    suite "the server" "$expected" server_tests_twice "$preset" "${filter[@]}"
}

# A few failures are asked once more, alone: a busy machine must not cost a day, and what fails
# twice has failed. What passes only then is named last of all: it is a fault to be found.
unsteady=()
server_tests_twice() {
    local preset=$1 failed="build/$1/Testing/Temporary/LastTestsFailed.log" name report names status=0
    shift
    rm -f "$failed"
    server_tests "$preset" "${GTEST_FILTER:-*}" "$reports" "$@" || status=$?
    [ "$status" = 0 ] || [ -s "$failed" ] || return "$status"
    while [ "$status" != 0 ] && read -r name <&3; do
        report=$reports/test_$name.xml
        mapfile -t names < <(failed_tests "$report" | sed -n 's/^  \([^ ].*\)/\1/p' | sort -u)
        [ ${#names[@]} -gt 0 ] && [ ${#names[@]} -le 3 ] || return "$status"
        server_tests "$preset" "$(IFS=: && echo "${names[*]}")" "$reports/again" -R "^$name\$" ||
            return "$status"
        unsteady+=("${names[@]}")
        mkdir -p "$reports/first"
        cp "$report" "$reports/first/"
        sed -i -E '/<testsuites? /s/ (failures|errors)="[0-9]+"/ \1="0"/g' "$report"
    done 3< <([ ! -s "$failed" ] || sed 's/^[0-9]*://' "$failed")
}

# server_tests PRESET FILTER REPORTS CTEST-OPTION…
# Brief: what passed is in the reports, and a failure must not drown in it.
server_tests() {
    local preset=$1 filter=$2 directory=$3
    shift 3
    GTEST_BRIEF=1 GTEST_FILTER=$filter GTEST_OUTPUT=xml:$root/$directory/ \
        ctest --test-dir "build/$preset" -j 2 --output-on-failure --no-tests=error "$@"
}

check_test_names() {
    local known name
    known=$(ctest --test-dir "build/$1" -N | sed -n 's/^ *Test *#[0-9]*: //p')
    shift
    for name in "$@"; do
        grep -qxF "$name" <<<"$known" ||
            die "no tests are called '$name'; there are: server web sdk e2e ${known//$'\n'/ }"
    done
}

run_web_tests() {
    need_web_packages
    suite web vitest.xml in_web npx vitest run --reporter=default --reporter=junit \
        "--outputFile.junit=$root/$reports/vitest.xml"
}

# Starts the OpenID provider that sends people back to this address; sets oidc_peer.
start_oidc_peer() {
    local waited
    need_peers
    : >"$reports/oidc.log"  # there before it is looked into
    node tools/peers/oidc/provider.mjs "$1" >"$reports/oidc.log" 2>&1 &
    at_exit "stop_process $!"
    for ((waited = 0; waited < 300; waited++)); do
        oidc_peer=$(sed -n 's/^ready //p' "$reports/oidc.log")
        [ -z "$oidc_peer" ] || return 0
        sleep 0.1
    done
    cat "$reports/oidc.log" >&2
    die "the OpenID provider does not become ready"
}

# Starts the product with a demo company on throw-away data, once; sets PONTE_E2E_URL.
product_pid=
start_product_for_tests() {
    local directory port waited
    [ -z "$product_pid" ] || return 0
    directory=$(make_temporary)
    at_exit "rm -rf '$directory'"
    port=$(free_port)
    start_oidc_peer "http://127.0.0.1:$port/auth/google/callback"
    # Receivers of webhooks, and who plays Google, stand on this machine, too.
    PONTE_LISTEN='' PONTE_ALLOW_PRIVATE=127.0.0.0/8 DOMAIN='' GOOGLE_CLIENT_ID=ponte \
        GOOGLE_CLIENT_SECRET=segredo-do-google GOOGLE_ISSUER=$oidc_peer build/release/ponte serve --demo \
        --data "$directory/data" --listen "127.0.0.1:$port" >"$reports/server.log" 2>&1 &
    product_pid=$!
    at_exit "stop_process $product_pid"
    for ((waited = 0; waited < 600; waited++)); do
        if grep -q '^ready http' "$reports/server.log"; then
            export PONTE_E2E_URL=http://127.0.0.1:$port
            return
        fi
        kill -0 "$product_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$reports/server.log" >&2
    die "the server does not become ready"
}

run_browser_tests() {
    need_packages browser
    build_program
    need_web_packages
    start_product_for_tests
    PLAYWRIGHT_JUNIT_OUTPUT_FILE=$root/$reports/e2e.xml \
        suite "the product in a browser" e2e.xml in_web npx playwright test --reporter=line,junit
}

# The SDK against the product as it runs, on the server that the browser meets next.
run_sdk_tests() {
    build_program
    need_sdk_packages
    start_product_for_tests
    in_sdk npm run --silent build >&2
    PONTE_URL=$PONTE_E2E_URL suite "the SDK" sdk.xml in_sdk npm run --silent test -- \
        --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=junit "--test-reporter-destination=$root/$reports/sdk.xml"
}

# run_tests [name…] [--external]
run_tests() {
    local names=() name wants_web='' wants_sdk='' wants_browser='' wants_server=''
    for name in "$@"; do
        case $name in
            --external) need_packages database && start_external_database ;;
            server) wants_server=1 ;;
            web) wants_web=1 ;;
            sdk) wants_sdk=1 ;;
            e2e) wants_browser=1 ;;
            -*) die "unknown option $name" ;;
            *) wants_server=1 names+=("$name") ;;
        esac
    done
    if [ -z "$wants_server$wants_web$wants_sdk$wants_browser" ]; then
        wants_server=1
        [ -n "${DATABASE_URL:-}" ] || wants_web=1 wants_sdk=1 wants_browser=1
    fi
    # All at once: apt is slow to start.
    need_packages build database web test ${wants_browser:+browser}
    rm -rf "$reports"
    mkdir -p "$reports"
    [ -z "$wants_server" ] || run_server_tests release "${names[@]}"
    [ -z "$wants_web" ] || run_web_tests
    [ -z "$wants_sdk" ] || run_sdk_tests
    [ -z "$wants_browser" ] || run_browser_tests
    sum_up
}

# failed_tests FILE…: the names of those that failed, each with the first lines of why: what a
# reader sees of a long log is often its end alone.
failed_tests() {
    awk '
        BEGIN { RS = "<"; shown = 0 }
        /^testcase / {
            name = $0
            sub(/^testcase name="/, "", name)
            sub(/".*/, "", name)
            suite = $0
            if (!sub(/.*classname="/, "", suite)) suite = ""
            sub(/".*/, "", suite)
        }
        /^(failure|error)[ >]/ && shown++ < 20 {
            why = substr($0, 1, 600)
            gsub(/&#x0A;|\n/, "\n    ", why)
            print "  " suite "." name "\n    " why
        }' "$@" 2>/dev/null
}

sum_up() {
    local passed failed skipped
    passed=$(count passed "$reports"/*.xml)
    failed=$(($(count failed "$reports"/*.xml) + lost))
    skipped=$(count skipped "$reports"/*.xml)
    if [ ${#failed_suites[@]} != 0 ]; then
        say "Failed: ${failed_suites[*]}; reports are in $reports"
        failed_tests "$reports"/*.xml
    fi
    [ ${#unsteady[@]} = 0 ] || say "Failed once and passed when asked again: ${unsteady[*]}"
    run_cleanups
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ] && [ ${#failed_suites[@]} = 0 ]
}
