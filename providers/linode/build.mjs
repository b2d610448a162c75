console.log("generated later")
