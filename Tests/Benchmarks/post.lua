-- What wrk posts: the form that `sms` sends for one message.
wrk.method = "POST"
wrk.body = "key=bench&number=%2B15550100001&message=Hello%2C+your+parcel+arrives+today."
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
