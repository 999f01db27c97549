// Made by `npm run generate` from spec/catalog.openapi.yaml. Do not edit.
"use strict";
export const validateProduct = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":["title","prices"],"properties":{"productId":{"$ref":"ProductId"},"title":{"$ref":"Title"},"prices":{"$ref":"Amounts"},"listPrices":{"allOf":[{"$ref":"Amounts"}]},"stock":{"$ref":"Count"},"description":{"$ref":"LongText"},"images":{"type":"array","maxItems":20,"uniqueItems":true,"items":{"type":"string","$ref":"Url"}},"link":{"allOf":[{"$ref":"Url"}]},"brand":{"$ref":"Text"},"gtin":{"type":"string","pattern":"^(?:\\d{8}|\\d{12,14})$","x-rule":"must be 8, 12, 13 or 14 digits"},"mpn":{"allOf":[{"$ref":"Text"}]},"categories":{"type":"array","maxItems":10,"uniqueItems":true,"items":{"type":"string","$ref":"Title"}},"condition":{"$ref":"Condition"},"group":{"$ref":"Group"},"taxClass":{"allOf":[{"$ref":"Text"}]},"taxExempt":{"type":"boolean"},"weight":{"type":"integer","minimum":0,"maximum":1000000000},"digital":{"type":"boolean"},"availableFrom":{"type":"string","format":"date-time"},"hidden":{"type":"boolean"},"returnPolicy":{"$ref":"ReturnPolicy"},"availability":{"$ref":"Availability"},"held":{"$ref":"Held"},"updatedAt":{"$ref":"UpdatedAt"}},"x-null-is-absent":["productId","description","images","brand","gtin","categories","condition","group","taxExempt","weight","digital","availableFrom","hidden","returnPolicy","availability","held","updatedAt"],"$id":"Product"};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"type":"string","pattern":"^(?!\\.{1,2}$)[!-.0-~]{1,64}$","x-rule":"must be 1 to 64 visible ASCII characters without a slash","$id":"ProductId"};
const pattern0 = new RegExp("^(?!\\.{1,2}$)[!-.0-~]{1,64}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ProductId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^(?!\\.{1,2}$)[!-.0-~]{1,64}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"string","minLength":1,"maxLength":150,"pattern":"^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must show something, and not have control characters, lone surrogates or noncharacters","$id":"Title"};
const func3 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern1 = new RegExp("^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Title" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 150){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 150}};
errors = (vErrors ??= []).push(err0);
}
if(func3(data) < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
if(!pattern1.test(data)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","minProperties":1,"maxProperties":50,"propertyNames":{"type":"string","format":"iso-4217","pattern":"^[a-z]{3}$","x-rule":"must be a currency in lower case"},"additionalProperties":{"$ref":"Amount"},"x-null-is-absent":true,"$id":"Amounts"};
const formats0 = /^(?:AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/i;
const pattern2 = new RegExp("^[a-z]{3}$", "u");
const schema10 = {"type":"integer","minimum":0,"maximum":1000000000,"$id":"Amount"};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000000000 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err1);
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err2);
}
}
validate27.errors = vErrors;
return errors === 0;
}


function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Amounts" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 50){
const err0 = {instancePath,keyword:"maxProperties",params:{limit: 50}};
errors = (vErrors ??= []).push(err0);
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,keyword:"minProperties",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern2.test(key0)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^[a-z]{3}$"},propertyName:key0};
errors = (vErrors ??= []).push(err2);
}
if(!(formats0.test(key0))){
const err3 = {instancePath,keyword:"format",params:{format: "iso-4217"},propertyName:key0};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "string"},propertyName:key0};
errors = (vErrors ??= []).push(err4);
}
var valid0 = _errs1 === errors;
if(!valid0){
const err5 = {instancePath,keyword:"propertyNames",params:{propertyName: key0}};
errors = (vErrors ??= []).push(err5);
}
}
for(const key1 in data){
if(!(validate27(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData}))){
vErrors ??= [];
for (const error of validate27.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate26.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":["integer","null"],"minimum":0,"maximum":1000000000,"$id":"Count"};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Count" */;
let vErrors = null;
let errors = 0;
if((!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))) && (data !== null)){
const err0 = {instancePath,keyword:"type",params:{type: schema11.type}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000000000 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err1);
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err2);
}
}
validate31.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"string","minLength":1,"maxLength":5000,"pattern":"^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$","x-rule":"must not have control characters but line breaks and tabs, lone surrogates or noncharacters","$id":"LongText"};
const pattern3 = new RegExp("^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$", "u");

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="LongText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 5000){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 5000}};
errors = (vErrors ??= []).push(err0);
}
if(func3(data) < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
if(!pattern3.test(data)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate33.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"string","format":"uri","maxLength":2048,"pattern":"^https?://","x-rule":"must be a URL that begins with https:// or http://","$id":"Url"};
const formats2 = /^[a-z][a-z0-9+.-]*:(?:\/\/?(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:[0-9a-f]{1,4}:){6}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|::(?:[0-9a-f]{1,4}:){5}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,0}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){1}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){0}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::|v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
const pattern4 = new RegExp("^https?://", "u");

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Url" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 2048){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 2048}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern4.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^https?://"}};
errors = (vErrors ??= []).push(err1);
}
if(!(formats2.test(data))){
const err2 = {instancePath,keyword:"format",params:{format: "uri"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate35.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"string","minLength":1,"maxLength":70,"pattern":"^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must show something, and not have control characters, lone surrogates or noncharacters","$id":"Text"};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Text" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 70){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 70}};
errors = (vErrors ??= []).push(err0);
}
if(func3(data) < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
if(!pattern1.test(data)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate38.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"string","enum":["new","refurbished","used"],"$id":"Condition"};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Condition" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err0);
}
if(!(((data === "new") || (data === "refurbished")) || (data === "used"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema15.enum}};
errors = (vErrors ??= []).push(err1);
}
validate42.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"object","additionalProperties":false,"required":["id","options"],"properties":{"id":{"$ref":"Text"},"title":{"$ref":"Title"},"options":{"type":"object","maxProperties":10,"propertyNames":{"type":"string","pattern":"^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$","x-rule":"must be 1 to 40 letters, digits, spaces, _ or -"},"additionalProperties":{"$ref":"Text"},"x-null-is-absent":true}},"x-null-is-absent":["title"],"$id":"Group"};
const pattern7 = new RegExp("^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$", "u");

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Group" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title === null){
delete data.title;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err0);
}
if(data.options === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "options"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!(((key0 === "id") || (key0 === "title")) || (key0 === "options"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.id !== undefined){
if(!(validate38(data.id, {instancePath:instancePath+"/id",parentData:data,parentDataProperty:"id",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.title !== undefined){
if(!(validate24(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.options !== undefined){
let data2 = data.options;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const name0 in data2){
if(data2[name0] === null){
delete data2[name0];
}
}
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 10){
const err3 = {instancePath:instancePath+"/options",keyword:"maxProperties",params:{limit: 10}};
errors = (vErrors ??= []).push(err3);
}
for(const key1 in data2){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern7.test(key1)){
const err4 = {instancePath:instancePath+"/options",keyword:"pattern",params:{pattern: "^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$"},propertyName:key1};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath:instancePath+"/options",keyword:"type",params:{type: "string"},propertyName:key1};
errors = (vErrors ??= []).push(err5);
}
var valid1 = _errs6 === errors;
if(!valid1){
const err6 = {instancePath:instancePath+"/options",keyword:"propertyNames",params:{propertyName: key1}};
errors = (vErrors ??= []).push(err6);
}
}
for(const key2 in data2){
if(!(validate38(data2[key2], {instancePath:instancePath+"/options/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/options",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate44.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","additionalProperties":false,"required":["days"],"properties":{"days":{"type":"integer","minimum":0,"maximum":3650},"exchanges":{"type":"boolean"},"url":{"$ref":"Url"}},"x-null-is-absent":["exchanges","url"],"$id":"ReturnPolicy"};

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ReturnPolicy" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.exchanges === null){
delete data.exchanges;
}
if(data.url === null){
delete data.url;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.days === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "days"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(((key0 === "days") || (key0 === "exchanges")) || (key0 === "url"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.days !== undefined){
let data0 = data.days;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/days",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err2);
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 3650 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/days",keyword:"maximum",params:{comparison: "<=", limit: 3650}};
errors = (vErrors ??= []).push(err3);
}
if(data0 < 0 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/days",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err4);
}
}
}
if(data.exchanges !== undefined){
if(typeof data.exchanges !== "boolean"){
const err5 = {instancePath:instancePath+"/exchanges",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.url !== undefined){
if(!(validate35(data.url, {instancePath:instancePath+"/url",parentData:data,parentDataProperty:"url",rootData}))){
vErrors ??= [];
for (const error of validate35.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate50.errors = vErrors;
return errors === 0;
}

const schema18 = {"type":"string","enum":["in_stock","limited_stock","out_of_stock","not_yet_available"],"readOnly":true,"$id":"Availability"};

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Availability" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err0);
}
if(!((((data === "in_stock") || (data === "limited_stock")) || (data === "out_of_stock")) || (data === "not_yet_available"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema18.enum}};
errors = (vErrors ??= []).push(err1);
}
validate53.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"integer","minimum":0,"readOnly":true,"$id":"Held"};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Held" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data < 0 || isNaN(data)){
const err1 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err1);
}
}
validate55.errors = vErrors;
return errors === 0;
}

const schema20 = {"type":"string","format":"date-time","readOnly":true,"$id":"UpdatedAt"};
const formats4 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="UpdatedAt" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats4.test(data))){
const err0 = {instancePath,keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate57.errors = vErrors;
return errors === 0;
}

const pattern6 = new RegExp("^(?:\\d{8}|\\d{12,14})$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Product" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === null){
delete data.productId;
}
if(data.description === null){
delete data.description;
}
if(data.images === null){
delete data.images;
}
if(data.brand === null){
delete data.brand;
}
if(data.gtin === null){
delete data.gtin;
}
if(data.categories === null){
delete data.categories;
}
if(data.condition === null){
delete data.condition;
}
if(data.group === null){
delete data.group;
}
if(data.taxExempt === null){
delete data.taxExempt;
}
if(data.weight === null){
delete data.weight;
}
if(data.digital === null){
delete data.digital;
}
if(data.availableFrom === null){
delete data.availableFrom;
}
if(data.hidden === null){
delete data.hidden;
}
if(data.returnPolicy === null){
delete data.returnPolicy;
}
if(data.availability === null){
delete data.availability;
}
if(data.held === null){
delete data.held;
}
if(data.updatedAt === null){
delete data.updatedAt;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "title"}};
errors = (vErrors ??= []).push(err0);
}
if(data.prices === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "prices"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.productId !== undefined){
if(!(validate22(data.productId, {instancePath:instancePath+"/productId",parentData:data,parentDataProperty:"productId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.title !== undefined){
if(!(validate24(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.prices !== undefined){
if(!(validate26(data.prices, {instancePath:instancePath+"/prices",parentData:data,parentDataProperty:"prices",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.listPrices !== undefined){
if(!(validate26(data.listPrices, {instancePath:instancePath+"/listPrices",parentData:data,parentDataProperty:"listPrices",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.stock !== undefined){
if(!(validate31(data.stock, {instancePath:instancePath+"/stock",parentData:data,parentDataProperty:"stock",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.description !== undefined){
if(!(validate33(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors ??= [];
for (const error of validate33.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.images !== undefined){
let data6 = data.images;
if(Array.isArray(data6)){
if(data6.length > 20){
const err3 = {instancePath:instancePath+"/images",keyword:"maxItems",params:{limit: 20}};
errors = (vErrors ??= []).push(err3);
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 !== "string"){
const err4 = {instancePath:instancePath+"/images/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if(!(validate35(data7, {instancePath:instancePath+"/images/" + i0,parentData:data6,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate35.errors) vErrors.push(error);
errors = vErrors.length;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err5 = {instancePath:instancePath+"/images",keyword:"uniqueItems",params:{i: i1, j: j0}};
errors = (vErrors ??= []).push(err5);
break;
}
indices0[item0] = i1;
}
}
}
else {
const err6 = {instancePath:instancePath+"/images",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.link !== undefined){
if(!(validate35(data.link, {instancePath:instancePath+"/link",parentData:data,parentDataProperty:"link",rootData}))){
vErrors ??= [];
for (const error of validate35.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.brand !== undefined){
if(!(validate38(data.brand, {instancePath:instancePath+"/brand",parentData:data,parentDataProperty:"brand",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.gtin !== undefined){
let data10 = data.gtin;
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
const err7 = {instancePath:instancePath+"/gtin",keyword:"pattern",params:{pattern: "^(?:\\d{8}|\\d{12,14})$"}};
errors = (vErrors ??= []).push(err7);
}
}
else {
const err8 = {instancePath:instancePath+"/gtin",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.mpn !== undefined){
if(!(validate38(data.mpn, {instancePath:instancePath+"/mpn",parentData:data,parentDataProperty:"mpn",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.categories !== undefined){
let data12 = data.categories;
if(Array.isArray(data12)){
if(data12.length > 10){
const err9 = {instancePath:instancePath+"/categories",keyword:"maxItems",params:{limit: 10}};
errors = (vErrors ??= []).push(err9);
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
let data13 = data12[i2];
if(typeof data13 !== "string"){
const err10 = {instancePath:instancePath+"/categories/" + i2,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
if(!(validate24(data13, {instancePath:instancePath+"/categories/" + i2,parentData:data12,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
let i3 = data12.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data12[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err11 = {instancePath:instancePath+"/categories",keyword:"uniqueItems",params:{i: i3, j: j1}};
errors = (vErrors ??= []).push(err11);
break;
}
indices1[item1] = i3;
}
}
}
else {
const err12 = {instancePath:instancePath+"/categories",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data.condition !== undefined){
if(!(validate42(data.condition, {instancePath:instancePath+"/condition",parentData:data,parentDataProperty:"condition",rootData}))){
vErrors ??= [];
for (const error of validate42.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.group !== undefined){
if(!(validate44(data.group, {instancePath:instancePath+"/group",parentData:data,parentDataProperty:"group",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.taxClass !== undefined){
if(!(validate38(data.taxClass, {instancePath:instancePath+"/taxClass",parentData:data,parentDataProperty:"taxClass",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.taxExempt !== undefined){
if(typeof data.taxExempt !== "boolean"){
const err13 = {instancePath:instancePath+"/taxExempt",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data.weight !== undefined){
let data18 = data.weight;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err14 = {instancePath:instancePath+"/weight",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err14);
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1000000000 || isNaN(data18)){
const err15 = {instancePath:instancePath+"/weight",keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err15);
}
if(data18 < 0 || isNaN(data18)){
const err16 = {instancePath:instancePath+"/weight",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err16);
}
}
}
if(data.digital !== undefined){
if(typeof data.digital !== "boolean"){
const err17 = {instancePath:instancePath+"/digital",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data.availableFrom !== undefined){
let data20 = data.availableFrom;
if(typeof data20 === "string"){
if(!(formats4.test(data20))){
const err18 = {instancePath:instancePath+"/availableFrom",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err18);
}
}
else {
const err19 = {instancePath:instancePath+"/availableFrom",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.hidden !== undefined){
if(typeof data.hidden !== "boolean"){
const err20 = {instancePath:instancePath+"/hidden",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err20);
}
}
if(data.returnPolicy !== undefined){
if(!(validate50(data.returnPolicy, {instancePath:instancePath+"/returnPolicy",parentData:data,parentDataProperty:"returnPolicy",rootData}))){
vErrors ??= [];
for (const error of validate50.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.availability !== undefined){
if(!(validate53(data.availability, {instancePath:instancePath+"/availability",parentData:data,parentDataProperty:"availability",rootData}))){
vErrors ??= [];
for (const error of validate53.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.held !== undefined){
if(!(validate55(data.held, {instancePath:instancePath+"/held",parentData:data,parentDataProperty:"held",rootData}))){
vErrors ??= [];
for (const error of validate55.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.updatedAt !== undefined){
if(!(validate57(data.updatedAt, {instancePath:instancePath+"/updatedAt",parentData:data,parentDataProperty:"updatedAt",rootData}))){
vErrors ??= [];
for (const error of validate57.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err21);
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateStockCount = validate59;
const schema21 = {"type":"object","additionalProperties":false,"required":["stock"],"properties":{"stock":{"$ref":"Count"}},"$id":"StockCount"};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="StockCount" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.stock === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "stock"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(key0 === "stock")){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.stock !== undefined){
if(!(validate31(data.stock, {instancePath:instancePath+"/stock",parentData:data,parentDataProperty:"stock",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err2);
}
validate59.errors = vErrors;
return errors === 0;
}

export const validateStockAdjustment = validate61;
const schema22 = {"type":"object","additionalProperties":false,"required":["by"],"properties":{"by":{"type":"integer","minimum":-1000000000,"maximum":1000000000,"not":{"const":0},"x-rule":"must not be 0"}},"$id":"StockAdjustment"};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="StockAdjustment" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.by === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "by"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(key0 === "by")){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.by !== undefined){
let data0 = data.by;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/by",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err2);
}
const _errs4 = errors;
const _errs5 = errors;
if(0 !== data0){
const err3 = {};
errors = (vErrors ??= []).push(err3);
}
var valid1 = _errs5 === errors;
if(valid1){
const err4 = {instancePath:instancePath+"/by",keyword:"not",params:{}};
errors = (vErrors ??= []).push(err4);
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000000 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/by",keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err5);
}
if(data0 < -1000000000 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/by",keyword:"minimum",params:{comparison: ">=", limit: -1000000000}};
errors = (vErrors ??= []).push(err6);
}
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
validate61.errors = vErrors;
return errors === 0;
}

export const validateDiscountCode = validate62;
const schema23 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"code":{"$ref":"Code"},"name":{"allOf":[{"$ref":"Title"}]},"percentOff":{"type":"number","minimum":0,"maximum":100},"amountOff":{"allOf":[{"$ref":"Amount"}]},"appliesTo":{"type":"string","enum":["items","fulfillment"]},"products":{"type":"array","minItems":1,"maxItems":1000,"uniqueItems":true,"items":{"type":"string","$ref":"ProductId"}},"minimum":{"allOf":[{"$ref":"Amount"}]},"startsAt":{"type":"string","format":"date-time"},"endsAt":{"type":"string","format":"date-time"},"usageLimit":{"type":"integer","minimum":0,"maximum":1000000000},"combinable":{"type":"boolean"},"priority":{"type":"integer","minimum":0,"maximum":1000000},"timesRedeemed":{"type":"integer","minimum":0,"readOnly":true},"updatedAt":{"$ref":"UpdatedAt"}},"x-null-is-absent":["code","percentOff","appliesTo","products","startsAt","endsAt","usageLimit","combinable","priority","timesRedeemed","updatedAt"],"$id":"DiscountCode"};
const schema24 = {"type":"string","pattern":"^(?!\\.{1,2}$)[!-.0-~]{1,64}$","x-rule":"must be 1 to 64 visible ASCII characters without a slash","$id":"Code"};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Code" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^(?!\\.{1,2}$)[!-.0-~]{1,64}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate63.errors = vErrors;
return errors === 0;
}


function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="DiscountCode" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code === null){
delete data.code;
}
if(data.percentOff === null){
delete data.percentOff;
}
if(data.appliesTo === null){
delete data.appliesTo;
}
if(data.products === null){
delete data.products;
}
if(data.startsAt === null){
delete data.startsAt;
}
if(data.endsAt === null){
delete data.endsAt;
}
if(data.usageLimit === null){
delete data.usageLimit;
}
if(data.combinable === null){
delete data.combinable;
}
if(data.priority === null){
delete data.priority;
}
if(data.timesRedeemed === null){
delete data.timesRedeemed;
}
if(data.updatedAt === null){
delete data.updatedAt;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "name"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(func2.call(schema23.properties, key0))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.code !== undefined){
if(!(validate63(data.code, {instancePath:instancePath+"/code",parentData:data,parentDataProperty:"code",rootData}))){
vErrors ??= [];
for (const error of validate63.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.name !== undefined){
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.percentOff !== undefined){
let data2 = data.percentOff;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100 || isNaN(data2)){
const err2 = {instancePath:instancePath+"/percentOff",keyword:"maximum",params:{comparison: "<=", limit: 100}};
errors = (vErrors ??= []).push(err2);
}
if(data2 < 0 || isNaN(data2)){
const err3 = {instancePath:instancePath+"/percentOff",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath:instancePath+"/percentOff",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.amountOff !== undefined){
if(!(validate27(data.amountOff, {instancePath:instancePath+"/amountOff",parentData:data,parentDataProperty:"amountOff",rootData}))){
vErrors ??= [];
for (const error of validate27.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.appliesTo !== undefined){
let data4 = data.appliesTo;
if(typeof data4 !== "string"){
const err5 = {instancePath:instancePath+"/appliesTo",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
if(!((data4 === "items") || (data4 === "fulfillment"))){
const err6 = {instancePath:instancePath+"/appliesTo",keyword:"enum",params:{allowedValues: schema23.properties.appliesTo.enum}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.products !== undefined){
let data5 = data.products;
if(Array.isArray(data5)){
if(data5.length > 1000){
const err7 = {instancePath:instancePath+"/products",keyword:"maxItems",params:{limit: 1000}};
errors = (vErrors ??= []).push(err7);
}
if(data5.length < 1){
const err8 = {instancePath:instancePath+"/products",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err8);
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
const err9 = {instancePath:instancePath+"/products/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
if(!(validate22(data6, {instancePath:instancePath+"/products/" + i0,parentData:data5,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err10 = {instancePath:instancePath+"/products",keyword:"uniqueItems",params:{i: i1, j: j0}};
errors = (vErrors ??= []).push(err10);
break;
}
indices0[item0] = i1;
}
}
}
else {
const err11 = {instancePath:instancePath+"/products",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data.minimum !== undefined){
if(!(validate27(data.minimum, {instancePath:instancePath+"/minimum",parentData:data,parentDataProperty:"minimum",rootData}))){
vErrors ??= [];
for (const error of validate27.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.startsAt !== undefined){
let data8 = data.startsAt;
if(typeof data8 === "string"){
if(!(formats4.test(data8))){
const err12 = {instancePath:instancePath+"/startsAt",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err12);
}
}
else {
const err13 = {instancePath:instancePath+"/startsAt",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data.endsAt !== undefined){
let data9 = data.endsAt;
if(typeof data9 === "string"){
if(!(formats4.test(data9))){
const err14 = {instancePath:instancePath+"/endsAt",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err14);
}
}
else {
const err15 = {instancePath:instancePath+"/endsAt",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data.usageLimit !== undefined){
let data10 = data.usageLimit;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err16 = {instancePath:instancePath+"/usageLimit",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err16);
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000000 || isNaN(data10)){
const err17 = {instancePath:instancePath+"/usageLimit",keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err17);
}
if(data10 < 0 || isNaN(data10)){
const err18 = {instancePath:instancePath+"/usageLimit",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err18);
}
}
}
if(data.combinable !== undefined){
if(typeof data.combinable !== "boolean"){
const err19 = {instancePath:instancePath+"/combinable",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.priority !== undefined){
let data12 = data.priority;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err20 = {instancePath:instancePath+"/priority",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err20);
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000 || isNaN(data12)){
const err21 = {instancePath:instancePath+"/priority",keyword:"maximum",params:{comparison: "<=", limit: 1000000}};
errors = (vErrors ??= []).push(err21);
}
if(data12 < 0 || isNaN(data12)){
const err22 = {instancePath:instancePath+"/priority",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err22);
}
}
}
if(data.timesRedeemed !== undefined){
let data13 = data.timesRedeemed;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err23 = {instancePath:instancePath+"/timesRedeemed",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err23);
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err24 = {instancePath:instancePath+"/timesRedeemed",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err24);
}
}
}
if(data.updatedAt !== undefined){
if(!(validate57(data.updatedAt, {instancePath:instancePath+"/updatedAt",parentData:data,parentDataProperty:"updatedAt",rootData}))){
vErrors ??= [];
for (const error of validate57.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err25);
}
validate62.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^(?:\\d{8}|\\d{12,14})$": "must be 8, 12, 13 or 14 digits",
    "^(?!\\.{1,2}$)[!-.0-~]{1,64}$": "must be 1 to 64 visible ASCII characters without a slash",
    "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must show something, and not have control characters, lone surrogates or noncharacters",
    "^[a-z]{3}$": "must be a currency in lower case",
    "^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$": "must not have control characters but line breaks and tabs, lone surrogates or noncharacters",
    "^https?://": "must be a URL that begins with https:// or http://",
    "^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$": "must be 1 to 40 letters, digits, spaces, _ or -"
};
