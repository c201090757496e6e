package io.ledgerbridge.zohobooks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** The whole internet in memory: notes who was called with what, and answers whatever the host is. */
final class Hosts {

    final List<Request> requests = new ArrayList<>();
    private final Function<Request, String> answers;

    Hosts(Function<Request, String> answers) {
        this.answers = answers;
    }

    OkHttpClient client() {
        Interceptor front = chain -> {
            Request request = chain.request();
            synchronized (requests) {
                requests.add(request);
            }
            return new Response.Builder()
                    .request(request)
                    .protocol(Protocol.HTTP_1_1)
                    .code(200)
                    .message("OK")
                    .body(ResponseBody.create(answers.apply(request), MediaType.get("application/json")))
                    .build();
        };
        return new OkHttpClient.Builder().addInterceptor(front).build();
    }

    List<String> called() {
        return requests.stream()
                .map(request -> request.url().scheme() + "://" + request.url().host()
                        + request.url().encodedPath())
                .toList();
    }
}
